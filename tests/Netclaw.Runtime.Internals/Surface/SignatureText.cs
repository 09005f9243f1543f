using System.Globalization;
using System.Reflection;

namespace Netclaw.Runtime.Internals.Surface;

/// <summary>Writes types and members in the list's notation.</summary>
internal static class SignatureText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(double)] = "double", [typeof(void)] = "void",
    };

    public static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsGenericParameter) return type.Name;
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        var names = new Stack<string>();
        for (var part = type; part is not null; part = part.DeclaringType) names.Push(part.Name.Split('`')[0]);
        var name = (string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".") + string.Join('.', names);
        return type.IsGenericType ? $"{name}<{string.Join(',', type.GetGenericArguments().Select(Name))}>" : name;
    }

    public static string Method(MethodBase method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(',', method.GetGenericArguments().Select(Name))}>" : "";
        var result = method is MethodInfo { ReturnType: var type } ? Name(type) + " " : "";
        return $"{Modifiers(method)}{result}{method.Name}{generic}({Parameters(method.GetParameters())})";
    }

    /// <summary>The list does not say whether a property is virtual.</summary>
    public static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var widest = accessors.Find(static accessor => accessor.IsPublic) ?? accessors[0];
        var index = property.GetIndexParameters() is { Length: > 0 } indices ? $"[{Parameters(indices)}]" : "";
        var get = property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "";
        var set = property.SetMethod is { } setter && IsVisible(setter) ? "set; " : "";
        return $"{Access(widest)}{(widest.IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}{index} {{ {get}{set}}}";
    }

    public static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "public " : field.IsFamilyOrAssembly ? "protected internal " : "protected ";
        if (!field.IsLiteral) return $"{access}{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";
        return $"{access}const {Name(field.FieldType)} {field.Name} = {(field.GetRawConstantValue() is string text ? text : Literal(field.GetRawConstantValue()))}";
    }

    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public " : method.IsFamilyOrAssembly ? "protected internal " : "protected ";

    private static string Modifiers(MethodBase method)
    {
        var access = Access(method);
        if (method.IsStatic) return access + "static ";
        if (method.DeclaringType!.IsInterface || method is not MethodInfo info || !info.IsVirtual) return access;
        if (info.IsAbstract) return access + "abstract ";
        if (info.GetBaseDefinition() != info) return access + "override ";
        return info.IsFinal ? access : access + "virtual ";
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : parameter.IsOut ? "out " : "";
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        Enum number => Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
