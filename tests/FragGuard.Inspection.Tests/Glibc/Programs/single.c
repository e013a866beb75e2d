#include "serving.h"

int main(void) {
    static char line[256];
    static void *volatile blocks[65536];
    unsigned long bytes, count;
    prepare();
    blocks[0] = malloc(1);
    free(blocks[0]);
    say("ready\n");
    while (hear(line, sizeof line)) {
        if (answer(line) || sscanf(line, "free %lu %lu", &bytes, &count) != 2)
            continue;
        for (unsigned long i = 0; i < count; i++)
            memset(blocks[i] = malloc(bytes), 1, bytes);
        for (unsigned long i = 0; i < count; i++)
            free(blocks[i]);
        say("freed\n");
    }
    return 0;
}
