// wire.h
