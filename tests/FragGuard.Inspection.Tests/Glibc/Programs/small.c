#include "serving.h"

static char *kept[2][300];
static pthread_barrier_t filled, ended;

static void fill(char **blocks) {
    for (int i = 0; i < 300; i++)
        memset(blocks[i] = malloc(20 + i * 7 % 500), 1, 20);
    for (int i = 0; i < 300; i++) {
        if (i % 3 || i < 60)
            free(blocks[i]);
    }
}

static void *work(void *argument) {
    fill(kept[1]);
    pthread_barrier_wait(&filled);
    pthread_barrier_wait(&ended);
    return argument;
}

int main(void) {
    static char line[256];
    pthread_t thread;
    prepare();
    pthread_barrier_init(&filled, 0, 2);
    pthread_barrier_init(&ended, 0, 2);
    memset(malloc(200000), 1, 1000);
    fill(kept[0]);
    pthread_create(&thread, 0, work, 0);
    pthread_barrier_wait(&filled);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    pthread_barrier_wait(&ended);
    return 0;
}
