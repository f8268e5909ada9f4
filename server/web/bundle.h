// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"
#include "server/web/negotiation.h"

#include <QHttpHeaders>

#include <map>
#include <memory>
#include <stop_token>

namespace muster::web {

/// One form of a file of a bundle: its bytes, plain or packed.
struct Form
{
    QString path; ///< on the disk
    qint64 size = 0;
    qint64 modified = 0; ///< ms since 1970, when its bytes were checked
    QByteArray etag;     ///< with its quotes
    QByteArray contents; ///< of the start page alone: its name stays the same when another bundle takes its place
};

struct File
{
    QByteArray type;
    bool immutable = false; ///< its name changes with its contents
    std::map<Coding, Form> forms;
};

/// A browser program on the disk, whose files are all there and as its manifest says. Never changes once it is loaded.
///
/// The manifest is `bundle.json`:
///     {"id": "<16 hex>", "version": "0.1.0", "headers": {"Content-Security-Policy": "…"},
///      "files": [{"path": "index.html", "type": "text/html; charset=utf-8", "size": 1, "sha256": "<hex>", "immutable": false,
///                 "encodings": {"br": {"size": 1, "sha256": "<hex>"}, "gzip": {…}}}, …]}
/// Packed forms lie beside their file, as NAME.br and NAME.gz. All files but index.html are below web/.
class Bundle
{
public:
    static constexpr QLatin1StringView manifestName{"bundle.json"};
    static constexpr QByteArrayView startPage{"index.html"};

    /// Reads and checks everything, which takes about a tenth of a second: not for a thread that answers.
    /// @param manifest the contents of bundle.json
    /// @param stop ends it early, with any error
    /// @return what is wrong, with the name of the file
    [[nodiscard]] static Result<std::shared_ptr<const Bundle>> load(const QString &folder, const QByteArray &manifest,
                                                                    const std::stop_token &stop = {});

    [[nodiscard]] const QByteArray &id() const { return m_id; }
    [[nodiscard]] const QString &version() const { return m_version; }
    /// For the start page, from the manifest: its Content-Security-Policy at least.
    [[nodiscard]] const QHttpHeaders &headers() const { return m_headers; }
    /// @param path as in the manifest: "web/muster-3f2a.wasm". @return null where the manifest does not list it
    [[nodiscard]] const File *file(const QByteArray &path) const;

private:
    [[nodiscard]] Result<void> readHeaders(const QJsonObject &headers);
    [[nodiscard]] Result<void> readFile(const QString &folder, const QJsonObject &entry, const std::stop_token &stop);

    QByteArray m_id;
    QString m_version;
    QHttpHeaders m_headers;
    std::map<QByteArray, File> m_files;
};

} // namespace muster::web
