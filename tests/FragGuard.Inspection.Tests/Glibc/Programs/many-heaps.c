#include "serving.h"

static pthread_barrier_t filled, ended;

static void *work(void *argument) {
    static void *volatile blocks[200000];
    for (int i = 0; i < 200000; i++)
        blocks[i] = malloc(i % 1000 ? 1000 : 20000);
    for (int i = 0; i < 200000; i++) {
        if (i % 2 || i % 1000 < 50)
            free(blocks[i]);
    }
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
    pthread_create(&thread, 0, work, 0);
    pthread_barrier_wait(&filled);
    say("ready\n");
    while (hear(line, sizeof line))
        answer(line);
    pthread_barrier_wait(&ended);
    return 0;
}
