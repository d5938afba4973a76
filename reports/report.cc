// report.h
