// load.h
