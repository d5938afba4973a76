// pacer.h
