// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include "qml/Muster/Client/language.h"

#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// Larger pictures are a slip of the keyboard, and would take gigabytes.
constexpr int largestSide = 8192;

Result<QSize> parseSize(const QString &text)
{
    static const QRegularExpression form(u"^([0-9]{2,5})x([0-9]{2,5})$"_s);
    const QRegularExpressionMatch match = form.match(text);
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    if (!match.hasMatch() || size.width() > largestSide || size.height() > largestSide)
        return failure(InvalidParams, u"--size takes WIDTHxHEIGHT, as 1440x900, not \"%1\""_s.arg(text));
    return size;
}

} // namespace

QString usage()
{
    return u"muster: looks after fleets of embedded Linux devices\n"
           "\n"
           "  muster                          server and window in one program\n"
           "  muster --connect URL_OR_LINK    window only, on a server that runs elsewhere; URL,URL where several share a\n"
           "                                  database: the one that leads is found\n"
           "         [--ca-certificate FILE]  whose certificate is of an authority of your own (PEM)\n"
           "  muster --mock [MODE]            window on an invented fleet; MODE: %1\n"
           "\n"
           "  --screenshot FILE PAGE          no window: draw a page into FILE (.png) and end. PAGE: devices,\n"
           "                                  device[/ID[/containers|methods|history]], approvals[/DEVICE], commands[/ID],\n"
           "                                  sign-in, setup\n"
           "  --theme dark|light|system     as it was last time where it is not named\n"
           "  --language en|de|fr           as chosen in Settings, or as the system's, where it is not named\n"
           "  --text-size PERCENT           80 to 200\n"
           "  --size WIDTHxHEIGHT\n"
           "  --version, --help\n"
           "\n"
           "MUSTER_PROFILE names a JSON file {\"server\":…,\"api_key\":…,\"ca_certificate\":…}, where \"server\" may be a list;\n"
           "MUSTER_SERVER (with commas), MUSTER_API_KEY and MUSTER_CA_CERTIFICATE stand above it.\n"_s.arg(
               MockBackend::modeNames().join(u", "_s));
}

Result<Options> parseOptions(const QStringList &arguments)
{
    Options options;
    const auto missing = [](const QString &what) { return failure(InvalidParams, what); };
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        const bool more = i + 1 < arguments.size();
        if (argument == "--help"_L1 || argument == "-h"_L1) {
            options.help = true;
        } else if (argument == "--version"_L1) {
            options.version = true;
        } else if (argument == "--mock"_L1) {
            options.mock = MockBackend::Mode::Default;
            if (more && !arguments[i + 1].startsWith(u'-')) {
                options.mock = MockBackend::modeFromName(arguments[++i]);
                if (!options.mock)
                    return missing(u"--mock knows %1, not \"%2\""_s.arg(MockBackend::modeNames().join(u", "_s), arguments[i]));
            }
        } else if (argument == "--connect"_L1) {
            if (!more)
                return missing(u"--connect needs the address of a server"_s);
            options.connectTo = arguments[++i];
        } else if (argument == "--ca-certificate"_L1) {
            if (!more)
                return missing(u"--ca-certificate needs a file"_s);
            options.caCertificate = arguments[++i];
        } else if (argument == "--screenshot"_L1) {
            if (i + 2 >= arguments.size())
                return missing(u"--screenshot needs FILE and PAGE"_s);
            options.screenshotFile = arguments[++i];
            options.screenshotPage = arguments[++i];
        } else if (argument == "--theme"_L1) {
            const QString name = more ? arguments[++i] : QString();
            if (name == "dark"_L1)
                options.theme = Options::Theme::Dark;
            else if (name == "light"_L1)
                options.theme = Options::Theme::Light;
            else if (name == "system"_L1)
                options.theme = Options::Theme::System;
            else
                return missing(u"--theme takes dark, light or system"_s);
        } else if (argument == "--language"_L1) {
            options.language = more ? arguments[++i] : QString();
            if (!qml::Language::codes().contains(options.language))
                return missing(u"--language takes %1"_s.arg(qml::Language::codes().join(u", "_s)));
        } else if (argument == "--text-size"_L1) {
            options.textScale = more ? arguments[++i].toInt() / 100.0 : 0;
            if (!(options.textScale >= 0.8 && options.textScale <= 2))
                return missing(u"--text-size takes a percentage from 80 to 200"_s);
        } else if (argument == "--size"_L1) {
            const Result<QSize> size = parseSize(more ? arguments[++i] : QString());
            if (!size)
                return std::unexpected(size.error());
            options.size = *size;
        } else {
            return missing(u"\"%1\" is not known; see muster --help"_s.arg(argument.left(100)));
        }
    }
    if (options.mock && !options.connectTo.isEmpty())
        return missing(u"--mock and --connect exclude each other"_s);
    return options;
}

} // namespace muster
