// pause.h
