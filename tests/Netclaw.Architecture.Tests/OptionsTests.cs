using System.Reflection;
using System.Xml.Linq;
using Microsoft.Extensions.Options;
using Netclaw.Actors.Trust;

namespace Netclaw.Architecture;

/// <summary>Every options class validates itself wholly and explains itself.</summary>
public sealed class OptionsTests
{
    private static readonly Assembly[] Assemblies = [typeof(ConnectionEvidence).Assembly, Assembly.Load("netclawd")];

    /// <summary>Options without a validator of their own, each with its reason.</summary>
    private static readonly Dictionary<string, string> ValidatedElsewhere = new(StringComparer.Ordinal)
    {
        ["NetclawOptions"] = "only gathers the sections, which validate themselves",
    };

    private static readonly List<Type> OptionsClasses =
    [
        .. from assembly in Assemblies
        from type in assembly.GetTypes()
        where type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace?.StartsWith("Netclaw", StringComparison.Ordinal) == true
        select type,
    ];

    [Fact]
    public void OptionsClasses_AreSealed() =>
        Rule.Holds(OptionsClasses.Where(type => !type.IsSealed).Select(type => type.FullName));

    [Fact]
    public void OptionsClasses_HaveOneValidator()
    {
        Assert.NotEmpty(OptionsClasses);
        var without = from type in OptionsClasses
            let contract = typeof(IValidateOptions<>).MakeGenericType(type)
            let validators = Assemblies.SelectMany(assembly => assembly.GetTypes()).Count(candidate => !candidate.IsAbstract && contract.IsAssignableFrom(candidate))
            where validators != (ValidatedElsewhere.ContainsKey(type.Name) ? 0 : 1)
            select $"{type.FullName}: {validators} validators";
        Rule.Holds(without);
    }

    [Fact]
    public void Options_SayWhatTheyAre()
    {
        var documented = Assemblies.SelectMany(assembly =>
        {
            var file = Path.ChangeExtension(assembly.Location, ".xml");
            return XDocument.Load(file).Descendants("member").Select(member => member.Attribute("name")!.Value);
        }).ToHashSet(StringComparer.Ordinal);
        var silent = from type in OptionsClasses
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where property.CanWrite && type.Name != "NetclawOptions"
            let name = $"P:{type.FullName}.{property.Name}"
            where !documented.Contains(name)
            select name;
        Rule.Holds(silent);
    }
}
