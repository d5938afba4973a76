// http_transport.h
