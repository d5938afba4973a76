// mock.h
