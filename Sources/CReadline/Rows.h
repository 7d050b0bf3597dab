#pragma once

/*
 * The arrow keys in a cell of several lines: readline 8.2's own motion by screen lines counts
 * columns only, so moving between the rows of a buffer needs ours. Beyond the first and last row
 * they search the history for entries that begin as the line does before the cursor.
 */
int editor_row_up(int count, int key);
int editor_row_down(int count, int key);
