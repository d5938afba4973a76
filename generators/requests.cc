// requests.h
