// classes.h
