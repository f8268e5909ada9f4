// SPDX-License-Identifier: GPL-3.0-or-later
// A worker in C: the temperature of the processor, read with nothing but libnats (Debian: libnats-dev). See docs/workers.md.
//   cc sensor.c -o sensor -lnats
#include <nats/nats.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { subject_size = 256, answer_size = 1024, renew_seconds = 30, wait_ms = 5000 };

static const char *prefix = "muster";
static volatile sig_atomic_t ended = 0;
static volatile sig_atomic_t hello = 0;

static const char registration[] =
    "{\"worker\":\"sensor\",\"openrpc\":{\"openrpc\":\"1.3.2\",\"info\":{\"title\":\"sensor\",\"version\":\"1.0.0\"},\"methods\":["
    "{\"name\":\"Sensor.Read\",\"summary\":\"Temperature of the processor\",\"params\":[],"
    "\"result\":{\"name\":\"reading\",\"schema\":{\"type\":\"object\",\"properties\":"
    "{\"celsius\":{\"type\":\"number\",\"description\":\"Degrees\"}}}}}]}}";

static void on_signal(int number)
{
    (void)number;
    ended = 1;
}

static double celsius(void)
{
    double value = 21.5; // a machine without a sensor is at room temperature
    FILE *file = fopen("/sys/class/thermal/thermal_zone0/temp", "r");
    if (file) {
        long milli = 0;
        if (fscanf(file, "%ld", &milli) == 1)
            value = (double)milli / 1000;
        fclose(file);
    }
    return value;
}

static const char *subject(char *text, const char *rest)
{
    snprintf(text, subject_size, "%s.%s", prefix, rest);
    return text;
}

// The id has to be given back. The agent writes members in the order of the alphabet, so that the request's own "id" comes first.
static void id_of(natsMsg *message, char *id, size_t size)
{
    const char *data = natsMsg_GetData(message);
    const char *begin = data ? strstr(data, "\"id\":\"") : NULL;
    size_t length = 0;
    if (begin) {
        begin += 6;
        length = strcspn(begin, "\"\\");
    }
    if (length >= size)
        length = 0;
    memcpy(id, begin ? begin : "", length);
    id[length] = '\0';
}

// Called in a thread of the library.
static void on_call(natsConnection *nats, natsSubscription *subscription, natsMsg *message, void *closure)
{
    (void)subscription;
    (void)closure;
    char id[64];
    char answer[answer_size];
    id_of(message, id, sizeof id);
    snprintf(answer, sizeof answer, "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"result\":{\"celsius\":%.1f}}", id, celsius());
    natsConnection_PublishString(nats, natsMsg_GetReply(message), answer);
    natsMsg_Destroy(message);
}

static void on_hello(natsConnection *nats, natsSubscription *subscription, natsMsg *message, void *closure)
{
    (void)nats;
    (void)subscription;
    (void)closure;
    hello = 1; // asking from here would wait in the thread that brings the answer
    natsMsg_Destroy(message);
}

// Registers. The agent forgets a worker that is silent for 90 s.
static void enrol(natsConnection *nats)
{
    char text[subject_size];
    natsMsg *answer = NULL;
    const natsStatus status = natsConnection_RequestString(&answer, nats, subject(text, "register"), registration, wait_ms);
    if (status == NATS_OK)
        printf("register: %.*s\n", natsMsg_GetDataLength(answer), natsMsg_GetData(answer));
    else
        printf("no agent yet: %s\n", natsStatus_GetText(status)); // it says hello when it comes
    fflush(stdout);
    natsMsg_Destroy(answer);
}

static void report(natsConnection *nats, const char *name, const char *json)
{
    char text[subject_size];
    char rest[subject_size / 2];
    natsMsg *message = NULL;
    snprintf(rest, sizeof rest, "event.%s", name);
    if (natsMsg_Create(&message, subject(text, rest), NULL, json, (int)strlen(json)) == NATS_OK) {
        natsMsgHeader_Set(message, "Muster-Worker", "sensor");
        natsConnection_PublishMsg(nats, message);
        natsMsg_Destroy(message);
    }
}

static void ask_time(natsConnection *nats)
{
    char text[subject_size];
    natsMsg *answer = NULL;
    if (natsConnection_RequestString(&answer, nats, subject(text, "cloud.Time.Now"), "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"Time.Now\"}", wait_ms)
        == NATS_OK)
        printf("time: %.*s\n", natsMsg_GetDataLength(answer), natsMsg_GetData(answer));
    fflush(stdout);
    natsMsg_Destroy(answer);
}

static const char *setting(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

int main(void)
{
    char text[subject_size];
    natsConnection *nats = NULL;
    natsSubscription *calls = NULL;
    natsSubscription *hellos = NULL;
    natsOptions *options = NULL;
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    prefix = setting("MUSTER_NATS_PREFIX", "muster");

    natsStatus status = natsOptions_Create(&options);
    if (status == NATS_OK)
        status = natsOptions_SetURL(options, setting("MUSTER_NATS_URL", "nats://127.0.0.1:4222"));
    if (status == NATS_OK && *setting("MUSTER_NATS_USER", ""))
        status = natsOptions_SetUserInfo(options, setting("MUSTER_NATS_USER", ""), setting("MUSTER_NATS_PASSWORD", ""));
    if (status == NATS_OK)
        status = natsOptions_SetMaxReconnect(options, -1);
    if (status == NATS_OK)
        status = natsOptions_SetRetryOnFailedConnect(options, true, NULL, NULL); // waits for a bus that is not there yet
    if (status == NATS_OK)
        status = natsConnection_Connect(&nats, options);
    if (status == NATS_OK)
        status = natsConnection_Subscribe(&calls, nats, subject(text, "rpc.Sensor.Read"), on_call, NULL);
    if (status == NATS_OK)
        status = natsConnection_Subscribe(&hellos, nats, subject(text, "hello"), on_hello, NULL);
    if (status != NATS_OK) {
        fprintf(stderr, "sensor: %s\n", natsStatus_GetText(status));
        return 1;
    }

    enrol(nats);
    report(nats, "sensor.started", "{}");
    ask_time(nats);
    for (int seconds = 0; !ended; ++seconds) {
        sleep(1);
        if (hello || seconds % renew_seconds == renew_seconds - 1) {
            hello = 0;
            enrol(nats);
        }
    }
    natsSubscription_Destroy(calls);
    natsSubscription_Destroy(hellos);
    natsConnection_Destroy(nats);
    natsOptions_Destroy(options);
    nats_Close();
    return 0;
}
