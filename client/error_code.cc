// error_code.h
