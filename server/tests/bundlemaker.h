// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTest>

namespace muster::test {

/// Makes browser programs in a folder, as wasm/bundle does.
struct BundleMaker
{
    QString folder;
    QJsonObject manifest{{QStringLiteral("id"), QStringLiteral("00112233445566aa")},
                         {QStringLiteral("version"), QStringLiteral("0.1.0")},
                         {QStringLiteral("headers"), QJsonObject{{QStringLiteral("Content-Security-Policy"), policy}}}};
    QJsonArray files;
    static inline const QString policy = QStringLiteral("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");

    /// Writes a file, whole at once.
    void write(const QString &path, const QByteArray &contents) const
    {
        const QString name = folder + QLatin1Char('/') + path;
        QVERIFY(QDir().mkpath(QFileInfo(name).path()));
        QSaveFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
        QVERIFY(file.commit());
    }

    static QJsonObject entryOf(const QByteArray &contents)
    {
        return {{QStringLiteral("size"), contents.size()},
                {QStringLiteral("sha256"), QString::fromLatin1(QCryptographicHash::hash(contents, QCryptographicHash::Sha256).toHex())}};
    }

    /// Adds a file; with its packed forms, which are other bytes, told apart by what they begin with.
    void add(const QString &path, const QString &type, const QByteArray &contents, bool packed = true)
    {
        QJsonObject entry = entryOf(contents);
        entry.insert(QStringLiteral("path"), path);
        entry.insert(QStringLiteral("type"), type);
        entry.insert(QStringLiteral("immutable"), path != QLatin1StringView("index.html"));
        write(path, contents);
        if (packed) {
            write(path + QStringLiteral(".br"), "br:" + contents);
            write(path + QStringLiteral(".gz"), "gzip:" + contents);
            entry.insert(QStringLiteral("encodings"), QJsonObject{{QStringLiteral("br"), entryOf("br:" + contents)},
                                                                  {QStringLiteral("gzip"), entryOf("gzip:" + contents)}});
        }
        files.append(entry);
    }

    /// Writes the manifest, last: the bundle is whole then.
    void finish(const QString &id = {})
    {
        if (!id.isEmpty())
            manifest.insert(QStringLiteral("id"), id);
        manifest.insert(QStringLiteral("files"), files);
        write(QStringLiteral("bundle.json"), QJsonDocument(manifest).toJson());
    }
};

} // namespace muster::test
