// SPDX-License-Identifier: MIT
#include "gui/importsource.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ImportSource)
};

ImportSource withHead(ImportSource source)
{
    if (const auto device = source.open())
        source.head = CsvHead::of(**device);
    return source;
}

} // namespace

ImportSource ImportSource::ofFile(const QString &path)
{
    return withHead({ QFileInfo(path).fileName(), path, {}, {} });
}

ImportSource ImportSource::ofClipboard(const QString &text)
{
    return withHead({ Text::tr("Clipboard"), {}, text.toUtf8(), {} });
}

Result<std::unique_ptr<QIODevice>> ImportSource::open() const
{
    if (path.isEmpty()) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(text);
        buffer->open(QIODevice::ReadOnly);
        return buffer;
    }
    // A pipe or a device would be waited for.
    const bool isPlainFile = QFileInfo(path).isFile();
    auto file = std::make_unique<QFile>(path);
    if (isPlainFile && file->open(QIODevice::ReadOnly))
        return file;
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 cannot be read: %2; see whether the file is there and may be read")
                       .arg(QDir::toNativeSeparators(path),
                            isPlainFile ? file->errorString() : Text::tr("it is no file")));
}

} // namespace seedbed
