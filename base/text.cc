// text.h
