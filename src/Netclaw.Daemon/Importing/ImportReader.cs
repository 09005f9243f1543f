using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>
/// Reads the files that a path stands for: all of them before anything is said, each whole or not at all. Changes nothing and remembers nothing; a token that
/// stands in the plain leaves here as a hash or not at all.
/// </summary>
internal static class ImportReader
{
    /// <summary>In one file.</summary>
    public const int MostEntries = 10_000;

    /// <returns>Null, with every problem added, when a file is damaged or not to be read.</returns>
    public static ImportReading? Read(string path, StartProblems problems)
    {
        var files = ImmutableArray.CreateBuilder<ImportedFile>();
        var items = new List<ImportItem>();
        foreach (var one in ImportPath.Of(path, problems))
        {
            if (ForeignFile.Read(one.Full, one.Shown, problems) is not { } found)
            {
                continue;
            }

            try
            {
                var file = JsonFile.Read(one.Shown, found.Bytes);
                var kind = ForeignForm.Of(file, one.Shown);
                items.AddRange(ForeignForm.Items(file, kind, items));
                files.Add(new ImportedFile(one.Full, kind, found.Warning));
            }
            catch (DamagedFileException damage)
            {
                problems.Add(new StartProblem(RefusalCode.ImportDamaged, $"{damage.Message} Nothing was taken: mend the file and import again, or pair its devices by code.", null, one.Full,
                    string.Create(CultureInfo.InvariantCulture, $"{damage.Line}:{damage.Column}")));
            }
        }

        return problems.Any ? null : new ImportReading(files.ToImmutable(), Repetitions.Named(items));
    }
}
