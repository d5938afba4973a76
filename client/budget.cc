// budget.h
