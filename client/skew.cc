// skew.h
