using System.Text;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>The last text read from a column, so that a column that repeats itself costs no new string per row.</summary>
internal struct RepeatedText
{
    private byte[]? _bytes;
    private string? _text;

    public string Or(ReadOnlySpan<byte> utf8)
    {
        if (_text is null || !utf8.SequenceEqual(_bytes))
        {
            _bytes = utf8.ToArray();
            _text = Encoding.UTF8.GetString(utf8);
        }

        return _text;
    }
}
