// charset.h
