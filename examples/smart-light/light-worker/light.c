// SPDX-License-Identifier: GPL-3.0-or-later
// The smart light as a native worker: hears on the bus of its device what is wanted, does it, and reports it. See docs/workers.md.
//   cc light.c led.c json.c -o light -lnats        (Debian: libnats-dev)
#include "json.h"
#include "led.h"

#include <nats/nats.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { text_size = 256, message_size = 65536, turn_ms = 500, answer_ms = 5000, retry_turns = 10 };

static const char *prefix = "muster";
static volatile sig_atomic_t ended = 0;
static volatile sig_atomic_t returned = 0; // the bus was away and is back

// What is still to be done with the server; both are tried again until they succeed.
static bool to_ask = true;
static bool to_report = false;
static bool on = false;

static void on_signal(int number)
{
    (void)number;
    ended = 1;
}

// Called in a thread of the library.
static void on_return(natsConnection *nats, void *closure)
{
    (void)nats;
    (void)closure;
    returned = 1;
}

// A message as a text of its own, with an end: it has none of itself. False where it is too long to be for a light.
static bool text_of(natsMsg *message, char *text)
{
    const int length = natsMsg_GetDataLength(message);
    if (length < 0 || length >= message_size)
        return false;
    memcpy(text, natsMsg_GetData(message), (size_t)length);
    text[length] = '\0';
    return true;
}

// Does what is wanted, where anything is wanted of it. How it is now is told in any case.
static void follow(const char *state)
{
    const int wanted = json_bool(json_member(state, "on"));
    if (wanted >= 0)
        on = wanted == 1;
    led_show(on);
    to_report = true;
}

// Says what is wrong, once: a server may be away for days.
static void complain(const char *method, const char *what)
{
    static char last[text_size];
    char now[text_size];
    snprintf(now, sizeof now, "%s: %s", method, what);
    if (strcmp(now, last) != 0)
        led_say("%s", now);
    memcpy(last, now, sizeof last);
}

// Calls the server through the agent. The answer is in `text`, of which the result is given back; NULL when there is none.
static const char *cloud(natsConnection *nats, const char *method, const char *params, char *text)
{
    char subject[text_size];
    char request[text_size];
    natsMsg *answer = NULL;
    const char *result = NULL;
    snprintf(subject, sizeof subject, "%s.cloud.%s", prefix, method);
    snprintf(request, sizeof request, "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"%s\",\"params\":%s}", method, params);
    const natsStatus status = natsConnection_RequestString(&answer, nats, subject, request, answer_ms);
    if (status != NATS_OK) {
        complain(method, natsStatus_GetText(status));
        return NULL;
    }
    if (!text_of(answer, text))
        complain(method, "the answer is too long");
    else if (!(result = json_member(text, "result")))
        complain(method, text);
    natsMsg_Destroy(answer);
    return result;
}

// Who starts, or was away from the bus, has heard nothing: it asks what is wanted.
static void ask(natsConnection *nats)
{
    static char text[message_size];
    const char *result = cloud(nats, "Shadow.Get", "{}", text);
    if (!result)
        return;
    to_ask = false;
    follow(json_member(json_member(result, "state"), "desired"));
}

static void report(natsConnection *nats)
{
    static char text[message_size];
    char params[text_size];
    snprintf(params, sizeof params, "{\"state\":{\"reported\":{\"on\":%s}}}", on ? "true" : "false");
    if (!cloud(nats, "Shadow.Update", params, text))
        return;
    to_report = false;
    led_say("reported: %s", on ? "on" : "off");
}

static const char *setting(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

static natsStatus connect_to_bus(natsConnection **nats, natsOptions **options)
{
    natsStatus status = natsOptions_Create(options);
    if (status == NATS_OK)
        status = natsOptions_SetURL(*options, setting("MUSTER_NATS_URL", "nats://127.0.0.1:4222"));
    if (status == NATS_OK && *setting("MUSTER_NATS_USER", ""))
        status = natsOptions_SetUserInfo(*options, setting("MUSTER_NATS_USER", ""), setting("MUSTER_NATS_PASSWORD", ""));
    if (status == NATS_OK)
        status = natsOptions_SetMaxReconnect(*options, -1);
    if (status == NATS_OK)
        status = natsOptions_SetReconnectedCB(*options, on_return, NULL);
    if (status == NATS_OK)
        status = natsOptions_SetRetryOnFailedConnect(*options, true, on_return, NULL); // the bus may come later
    if (status == NATS_OK)
        status = natsConnection_Connect(nats, *options);
    return status == NATS_NOT_YET_CONNECTED ? NATS_OK : status;
}

int main(void)
{
    static char text[message_size];
    char subject[text_size];
    natsConnection *nats = NULL;
    natsSubscription *deltas = NULL;
    natsOptions *options = NULL;
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    prefix = setting("MUSTER_NATS_PREFIX", "muster");

    natsStatus status = connect_to_bus(&nats, &options);
    snprintf(subject, sizeof subject, "%s.shadow.delta", prefix);
    if (status == NATS_OK)
        status = natsConnection_SubscribeSync(&deltas, nats, subject);
    if (status != NATS_OK) {
        fprintf(stderr, "light: %s\n", natsStatus_GetText(status));
        return 1;
    }

    led_show(on);
    for (int turn = 0; !ended; ++turn) {
        natsMsg *message = NULL;
        if (natsSubscription_NextMsg(&message, deltas, turn_ms) == NATS_OK) {
            if (text_of(message, text))
                follow(json_member(text, "state"));
            natsMsg_Destroy(message);
            turn = 0;
        }
        if (returned) {
            returned = 0;
            to_ask = true;
            turn = 0;
        }
        // At once, and while the server or the bus is away every few turns.
        if (turn % retry_turns == 0 && natsConnection_Status(nats) == NATS_CONN_STATUS_CONNECTED) {
            if (to_ask)
                ask(nats);
            if (to_report)
                report(nats);
        }
    }
    natsSubscription_Destroy(deltas);
    natsConnection_Destroy(nats);
    natsOptions_Destroy(options);
    nats_Close();
    putchar('\n');
    return 0;
}
