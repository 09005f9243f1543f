namespace Netclaw.Daemon.Importing;

/// <summary>A file that cannot be taken as what it is: refused whole. Its message names file, line and column, and never what stands there.</summary>
internal sealed class DamagedFileException(string file, int line, int column, string seen)
    : Exception(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}, line {line}, column {column}: {seen}."))
{
    public int Line => line;

    public int Column => column;
}
