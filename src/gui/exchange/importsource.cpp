// SPDX-License-Identifier: MIT
#include "gui/exchange/importsource.h"

#include "base/regularfile.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
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
    auto file = std::make_unique<RegularFile>(path);
    const auto opened = file->openToRead();
    if (opened)
        return file;
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 cannot be read: %2; see whether the file is there and may be read")
                       .arg(QDir::toNativeSeparators(path), opened.error()));
}

} // namespace seedbed
