// lint.h
