// signing.h
