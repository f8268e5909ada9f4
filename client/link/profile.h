// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace muster {

/// Which server to talk to, and as whom.
struct Profile
{
    QList<QUrl> servers;   ///< of one fleet, the first to be tried first
    QString apiKey;        ///< empty: none
    QString caCertificate; ///< PEM file of whom to trust instead of the system's authorities; empty: those

    [[nodiscard]] bool isEmpty() const { return servers.isEmpty(); }
    /// Whether the API key may be shown to others than it was given for.
    /// @param named servers that somebody named beside the profile: a key is for those that it was made for, where it says which they are
    [[nodiscard]] bool isKeyFor(const QList<QUrl> &named) const;
};

/// What a person may paste to name a server: its address, or a one-time link to it.
struct Address
{
    enum class Kind : quint8 { Plain, SignIn, Setup };

    QList<QUrl> servers; ///< one, where it is a link
    Kind kind = Kind::Plain;
    QString token; ///< of the link; empty for Plain
};

/// @param file a JSON file {"server":"https://fleet.example:8420","api_key":"…","ca_certificate":"…"}, where "server" may be a list; empty:
/// MUSTER_PROFILE of the environment. MUSTER_SERVER (with commas where it names several), MUSTER_API_KEY and MUSTER_CA_CERTIFICATE stand above what the file says.
/// @return an empty profile where nothing names a server; InvalidParams saying what is wrong, and in which file.
[[nodiscard]] Result<Profile> loadProfile(const QString &file = {});

/// Reads "http://host:8420", "host:8420", several of those with commas between them, "http://host/#/sign-in/TOKEN" or
/// "http://host/#/setup/TOKEN".
[[nodiscard]] Result<Address> parseAddress(const QString &text);
/// The same where links mean nothing. @return each server once, in order; InvalidParams naming what is none
[[nodiscard]] Result<QList<QUrl>> parseServers(const QString &text);

} // namespace muster
