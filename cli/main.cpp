// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/help.h"
#include "cli/receiptfile.h"
#include "cli/secretinput.h"
#include "cli/terminal.h"
#include "client/link/knownservers.h"
#include "client/link/livebackend.h"
#include "client/link/profile.h"
#include "client/link/trust.h"

#include <QCoreApplication>

#include <cstdio>
#include <optional>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::cli;

namespace {

int complain(const QString &text, int code)
{
    std::fprintf(stderr, "musterctl: %s\n", escaped(text).toUtf8().constData());
    return code;
}

/// The profile, or the environment in its place, with the servers of the command line where there are some.
Result<Profile> profileFor(const Arguments &arguments)
{
    Result<Profile> profile = loadProfile(arguments.profile);
    if (!profile || arguments.servers.isEmpty())
        return profile;
    const Result<QList<QUrl>> servers = parseServers(arguments.servers.join(u','));
    if (!servers)
        return std::unexpected(servers.error());
    if (!profile->apiKey.isEmpty() && !profile->isKeyFor(*servers))
        return failure(InvalidParams,
                       u"--server names another server than %1, for which the API key is: where both share a database, name both in the "
                       "profile"_s.arg(profile->servers.first().toString()));
    profile->servers = *servers;
    return profile;
}

void print(const QString &text)
{
    std::fprintf(stdout, "%s\n", text.toUtf8().constData());
    // A key that is shown once and reaches nobody must not look like success.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        std::_Exit(complain(u"the output could not be written: what was to be shown is lost"_s, Failed));
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"musterctl"_s);
    Result<Arguments> arguments = parseArguments(QCoreApplication::arguments().mid(1));
    if (!arguments)
        return complain(arguments.error().message, Misused);
    if (arguments->help) {
        print((arguments->command.isEmpty() ? usage() : helpOf(arguments->command)).trimmed());
        return Done;
    }
    if (arguments->version) {
        print(u"musterctl "_s + QLatin1StringView(MUSTER_VERSION));
        return Done;
    }
    if (arguments->command == "completion"_L1) {
        print(bashCompletion().trimmed());
        return Done;
    }
    if (arguments->command == "verify-receipt"_L1) {
        const Result<QString> proof = verifyReceiptFile(arguments->words[0], arguments->fingerprint, arguments->json);
        if (!proof)
            return complain(proof.error().message, Failed);
        print(*proof);
        return Done;
    }
    const Result<Profile> profile = profileFor(*arguments);
    if (!profile)
        return complain(profile.error().message, Misused);
    if (profile->isEmpty())
        return complain(u"No server is named: give --profile FILE or --server URL, or set MUSTER_PROFILE or MUSTER_SERVER"_s, Misused);
    if (const QString ca = arguments->ca.isEmpty() ? profile->caCertificate : arguments->ca; !ca.isEmpty()) {
        if (const Result<void> trusted = trustCertificates(ca); !trusted)
            return complain(trusted.error().message, Misused);
    }
    if (arguments->takesPassword) {
        const Result<QString> password = readSecret();
        if (!password)
            return complain(password.error().message, Misused);
        arguments->password = *password;
    }

    LiveBackend backend;
    Commands commands(&backend, *arguments);
    QObject::connect(&commands, &Commands::printed, &application, print);
    QObject::connect(&commands, &Commands::complained, &application, [](const QString &text) { complain(text, Failed); });
    QObject::connect(&commands, &Commands::finished, &application, [](int code) { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    bool started = false;
    QObject::connect(backend.link(), &Link::stateChanged, &application, [&] {
        if (backend.link()->state() == Link::State::SignedOut) {
            const QString why = profile->apiKey.isEmpty() ? u"no API key is given: set MUSTER_API_KEY, or \"api_key\" in the profile"_s
                                                          : u"the server does not take this API key"_s;
            complain(u"Not signed in: "_s + why, Failed);
            QMetaObject::invokeMethod(&application, [] { QCoreApplication::exit(Failed); }, Qt::QueuedConnection);
        } else if (backend.link()->isLive() && !std::exchange(started, true)) {
            commands.run();
        }
    });
    const bool watches = arguments->command == "watch"_L1 || (arguments->command == "logs"_L1 && arguments->follow)
                         || (arguments->command == "shadow"_L1 && arguments->watch);
    QStringList unreachable;
    QObject::connect(backend.link(), &LiveLink::attemptFailed, &application, [&](const Error &error, const QString &at, bool triesAnother) {
        // Whoever watches stays through restarts of the server; all others want to know. What was asked once is not asked
        // again of another server: it may have been done.
        if (started && watches)
            return;
        unreachable << u"%1 cannot be reached: %2"_s.arg(at, error.message);
        if (triesAnother && !started)
            return;
        unreachable.removeDuplicates();
        complain(unreachable.join(u"; "_s), Unreachable);
        QMetaObject::invokeMethod(&application, [] { QCoreApplication::exit(Unreachable); }, Qt::QueuedConnection);
    });
    std::optional<KnownServers> known;
    if (watches)
        QObject::connect(&known.emplace(backend.link()), &KnownServers::told, backend.link(), &LiveLink::setTold);
    backend.open(profile->servers, profile->apiKey);
    return QCoreApplication::exec();
}
