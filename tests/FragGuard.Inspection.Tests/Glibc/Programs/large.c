#include "serving.h"

int main(void) {
    static char line[256];
    static void *volatile blocks[260000];
    prepare();
    for (int i = 0; i < 260000; i++)
        blocks[i] = malloc(1000);
    for (int i = 0; i < 260000; i += 2)
        free(blocks[i]);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    _exit(0);
}
