#include "serving.h"

int main(void) {
    static char line[256];
    static void *blocks[2000];
    prepare();
    memset(sbrk(3 * 4096 + 272), 0xff, 3 * 4096 + 272);
    for (int i = 0; i < 2000; i++) {
        blocks[i] = malloc(100 + next_random(&state) % 3000);
        if (i % 500 == 499)
            memset(sbrk(50000 + i), i % 1000 == 999 ? 0xff : 0, 50000 + i);
    }
    for (int i = 0; i < 2000; i += 2)
        free(blocks[i]);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    return 0;
}
