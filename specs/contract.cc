// contract.h
