// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/operators/accounts.h"
#include "server/operators/contract.h"

#include <QFuture>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <map>
#include <memory>

namespace muster::operators {

/// What the audit keeps of a method.
enum class AuditClass {
    None,       ///< reading
    Change,     ///< the gate writes one entry once it is through, well or not
    WithChange, ///< the handler writes the entry together with the change; the gate writes failures alone
    // Of both, the gate also writes who lacked the permission, if signed in; wrong params are not written.
};

/// Whose habits a client has: REST of ours and of mDash share paths, and answer differently at some of them.
enum class Form { Native, Mdash };

/// One function for operators: one row of the table that REST, the live socket, OpenAPI and the tests are made from.
struct Method
{
    using Handler = std::function<QFuture<Result<QJsonValue>>(const Caller &, const QJsonObject &params)>;

    QString name;              ///< "Devices.List"
    QString summary;           ///< one sentence
    QList<QByteArray> verbs{}; ///< of REST; none for a method of the live socket alone
    QString path{};            ///< below /api/v2; "{id}" stands for the param of that name
    Form form = Form::Native;  ///< of another form's clients too, where that has no row of its own at this path
    QString permission;
    AuditClass audit = AuditClass::None;
    bool changesDevice = false; ///< it may change something outside of this server, of which the audit is the only trace
    QString target{};           ///< the param that names what is acted on
    QString device{};           ///< the param that names the device that this is about; empty: it is about no single one
    bool staysInScope = false;  ///< it is about several devices, and heeds by itself which of them the caller sees (Caller::sees())
    /// What is acted on in a name that people know, where a param has but an id; empty: there is none such. Asked before it is done.
    std::function<QString(const QJsonObject &params)> targetOf{};
    QJsonObject params{}; ///< JSON Schema of the params' properties
    QStringList required{};
    QJsonObject result;        ///< JSON Schema of the result
    bool fromDevice = false;   ///< the result is what a device said: its schema says how it should be, and nobody answers for it
    QString body{};            ///< REST: the param that is the whole body; empty: the body holds the params
    bool opensSession = false; ///< REST turns `token` of the result into a cookie
    bool endsSession = false;  ///< REST takes the cookie away
    Handler handler{};         ///< none for what a live socket answers itself
};

/// All methods. Built once at the start; afterwards read from the API's thread.
class MethodTable
{
public:
    MethodTable();
    ~MethodTable();

    void add(Method method);
    [[nodiscard]] const Method *find(const QString &name) const;
    [[nodiscard]] const std::map<QString, Method> &all() const { return m_methods; }

    struct Match
    {
        const Method *method = nullptr; ///< null: no such path, or not with this verb
        QJsonObject params;             ///< from the path
        QList<QByteArray> verbs;        ///< that the path knows
    };
    /// @param path below /api/v2, still percent-encoded
    /// @param form of the client: a row of its form comes before one of another
    [[nodiscard]] Match match(const QByteArray &verb, const QByteArray &path, Form form = Form::Native) const;

    /// The JSON Schema of a method's params: an object that takes no others.
    [[nodiscard]] static QJsonObject paramsSchema(const Method &method);
    /// @return InvalidParams saying which param is wrong and how
    [[nodiscard]] Result<void> validate(const Method &method, const QJsonObject &params) const;

    /// What is promised of results; those of live topics as well.
    [[nodiscard]] Contract &contract() const { return m_contract; }

private:
    mutable Contract m_contract; ///< reading it compiles what is read first
    std::map<QString, Method> m_methods;
    std::map<QString, std::unique_ptr<Schema>> m_schemas;
};

} // namespace muster::operators
