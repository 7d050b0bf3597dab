#pragma once
#include <stdio.h> /* readline.h uses FILE without including it */
#include <readline/history.h>
#include <readline/readline.h>
