// SPDX-License-Identifier: GPL-3.0-or-later
// countingworker NATS-URL FILE: a worker whose method Count.Add leaves a trace that outlives every crash: it appends the
// number of its params to FILE, and has it on the disk before it answers. What ran twice stands there twice. What is wanted of the
// device it does at once, and reports.
#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <fcntl.h>
#include <nats/nats.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto registration =
    R"({"worker":"counter","openrpc":{"methods":[{"name":"Count.Add","summary":"Writes a number down","params":[)"
    R"({"name":"n","required":true,"schema":{"type":"integer"}}],"result":{"name":"result","schema":{"type":"object"}}}]}})";
constexpr int64_t registerEvery = 500; // ms: the agent is killed often here

void add(natsConnection *connection, natsSubscription * /*subscription*/, natsMsg *message, void *closure)
{
    const QJsonObject request = QJsonDocument::fromJson(QByteArray(natsMsg_GetData(message), natsMsg_GetDataLength(message))).object();
    const QByteArray line = QByteArray::number(request["params"_L1]["n"_L1].toInteger()) + '\n';
    const int file = *static_cast<int *>(closure);
    const bool written = write(file, line.constData(), size_t(line.size())) == line.size() && fdatasync(file) == 0;
    const QJsonObject answer{{"jsonrpc"_L1, "2.0"_L1}, {"id"_L1, request["id"_L1]}, {"result"_L1, QJsonObject{{"written"_L1, written}}}};
    natsConnection_PublishString(connection, natsMsg_GetReply(message), QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
    natsMsg_Destroy(message);
}

void obey(natsConnection *connection, natsSubscription * /*subscription*/, natsMsg *message, void * /*closure*/)
{
    const QJsonObject told = QJsonDocument::fromJson(QByteArray(natsMsg_GetData(message), natsMsg_GetDataLength(message))).object();
    const QJsonObject report{{"params"_L1, QJsonObject{{"state"_L1, QJsonObject{{"reported"_L1, told["state"_L1]}}}}}};
    natsConnection_PublishString(connection, "muster.cloud.Shadow.Update",
                                 QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
    natsMsg_Destroy(message);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int file = open(argv[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    natsConnection *connection = nullptr;
    natsSubscription *subscription = nullptr;
    natsSubscription *wishes = nullptr;
    if (file < 0 || natsConnection_ConnectTo(&connection, argv[1]) != NATS_OK
        || natsConnection_Subscribe(&subscription, connection, "muster.rpc.Count.Add", add, &file) != NATS_OK
        || natsConnection_Subscribe(&wishes, connection, "muster.shadow.delta", obey, nullptr) != NATS_OK)
        return 1;
    std::puts("ready");
    std::fflush(stdout);
    // Until it is killed: the agent may be away, or begin anew.
    while (!natsConnection_IsClosed(connection)) {
        natsMsg *answer = nullptr;
        if (natsConnection_RequestString(&answer, connection, "muster.register", registration, registerEvery) == NATS_OK)
            natsMsg_Destroy(answer);
        nats_Sleep(registerEvery);
    }
    return 0;
}
