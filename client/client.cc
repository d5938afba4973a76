// client.h
