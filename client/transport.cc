// transport.h
