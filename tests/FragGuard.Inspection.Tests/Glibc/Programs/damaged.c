#include "serving.h"

int main(void) {
    static char line[256];
    static size_t *volatile blocks[1000];
    int kind;
    prepare();
    for (int i = 0; i < 1000; i++)
        blocks[i] = malloc(1500 + i % 7 * 16);
    for (int i = 0; i < 1000; i += 2)
        free(blocks[i]);
    say("ready\n");
    while (hear(line, sizeof line)) {
        if (sscanf(line, "damage %d", &kind) != 1) {
            answer(line);
            continue;
        }
        switch (kind) {
        case 0: blocks[501][-1] = 0; break;
        case 1: blocks[501][-1] = ~(size_t)0; break;
        case 2: blocks[501][-1] = 0x79; break;
        case 3: blocks[500][0] = blocks[500][1] = (size_t)(blocks[500] - 2); break;
        case 4: blocks[501][-1] = ((size_t)1 << 40) | 1; break;
        case 5: memset(blocks[101], 0xff, 700000); break;
        }
        say("damaged\n");
    }
    _exit(0);
}
