// reading.h
