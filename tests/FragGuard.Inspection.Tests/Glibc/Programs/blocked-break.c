#include "serving.h"

int main(void) {
    static char line[256];
    static void *blocks[8000];
    prepare();
    blocks[0] = malloc(100);
    char *end = sbrk(0);
    if (mmap(end + 65536, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        return 3;
    for (int i = 1; i < 8000; i++)
        blocks[i] = malloc(100 + next_random(&state) % 3000);
    for (int i = 0; i < 8000; i += 2)
        free(blocks[i]);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    return 0;
}
