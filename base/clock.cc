// clock.h
