using System.Reflection;
using System.Runtime.CompilerServices;

namespace Netclaw.Runtime.Internals.Surface;

/// <summary>Finds what a public assembly offers under <c>Akka</c> beyond the list.</summary>
internal sealed class SurfaceCheck(ApiList list)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Listed signatures take it, but its assembly is not one of those listed.
    private const string OnlyInSignatures = "Akka.Persistence.Sql.Config.TagMode";

    public IEnumerable<string> Violations(Assembly assembly)
        => from type in assembly.GetTypes()
           where IsVisible(type) && type.Namespace?.Split('.')[0] == "Akka" && type.FullName != OnlyInSignatures
           orderby type.FullName
           from problem in Violations(type)
           select problem;

    private IEnumerable<string> Violations(Type type)
    {
        var name = SignatureText.Name(type);
        if (list.Type(Plain(type, name)) is not { } line) return [$"{Kind(type)} {name}: no such type"];
        return [.. TypeProblems(type, name, line), .. MemberProblems(type, name)];
    }

    private IEnumerable<string> TypeProblems(Type type, string name, ApiList.TypeLine line)
    {
        // Sealing what the list leaves open only takes away; so does leaving out an interface or an intermediate base.
        if (Kind(type) != line.Kind && !(line.Kind == "class" && Kind(type) == "sealed class"))
            yield return $"{Kind(type)} {name}: the list says {line.Kind}";
        if (line.Name != name) yield return $"{name}: the list names it {line.Name}";
        if (type.BaseType is { Namespace: { } space } above && space.StartsWith("Akka", StringComparison.Ordinal) && IsVisible(above)
            && SignatureText.Name(above) is var baseName && !line.Bases.Contains(baseName) && !list.Derives(name, baseName))
            yield return $"{name} : {baseName}: no such base";
        foreach (var face in type.GetInterfaces())
            if (face.Namespace?.StartsWith("Akka", StringComparison.Ordinal) == true && IsVisible(face) && !line.Bases.Contains(SignatureText.Name(face)))
                yield return $"{name} : {SignatureText.Name(face)}: no such interface";
    }

    private IEnumerable<string> MemberProblems(Type type, string name)
        => from member in type.GetMembers(Declared)
           where IsOffered(member)
           let text = Text(member)
           where !list.HasMember(name, text) && !IsKnownOverride(member)
           select $"{name} :: {text}";

    /// <summary>An override of what is allowed above adds nothing to the surface.</summary>
    private bool IsKnownOverride(MemberInfo member)
    {
        var method = member as MethodInfo ?? (member as PropertyInfo)?.GetMethod;
        if (method is null || !method.IsVirtual || method.GetBaseDefinition() is not { DeclaringType: { } origin } original || original == method) return false;
        if (origin.Namespace?.StartsWith("Akka", StringComparison.Ordinal) != true) return true;
        MemberInfo above = member is PropertyInfo ? origin.GetProperty(member.Name, Declared)! : original;
        return list.HasMember(SignatureText.Name(origin.IsGenericType ? origin.GetGenericTypeDefinition() : origin), Text(above));
    }

    private static string Text(MemberInfo member) => member switch
    {
        PropertyInfo property => SignatureText.Property(property),
        FieldInfo field => SignatureText.Field(field),
        MethodBase method => SignatureText.Method(method),
        _ => member.ToString()!,
    };

    private static bool IsOffered(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => !constructor.IsStatic && SignatureText.IsVisible(constructor),
        MethodInfo method => SignatureText.IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && method.Name != "Finalize",
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(SignatureText.IsVisible),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        EventInfo => true,
        _ => false,
    };

    private static bool IsVisible(Type type)
        => !type.IsDefined(typeof(CompilerGeneratedAttribute), false)
           && (type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)));

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        if (type.IsValueType) return "struct";
        if (type.IsSubclassOf(typeof(Delegate))) return "delegate";
        return type switch
        {
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
    }

    private static string Plain(Type type, string name)
        => type.IsGenericType ? $"{name[..name.IndexOf('<', StringComparison.Ordinal)]}`{type.GetGenericArguments().Length}" : name;
}
