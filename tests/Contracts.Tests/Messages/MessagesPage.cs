using System.Reflection;
using System.Text;
using System.Text.Json;

namespace SparsePipeline.Contracts.Tests;

/// <summary>Writes docs/messages.md from the records and their documentation.</summary>
internal static class MessagesPage
{
    public static string Generate()
    {
        var page = new StringBuilder("""
            # Messages

            Generated from `contracts/Messages` and `contracts/Steps`; `make docs` writes it again.
            Commands are verb-noun and go to one queue, events are noun-past and go to whoever listens. They carry references to artifacts,
            never weights. Namespace and name are the wire address, so a message is never renamed or moved; fields are only added.
            An example of each is in `tests/Contracts.Tests/Golden`.


            """);
        foreach (var message in SampleMessages.All) Append(page, message.GetType());
        page.Append("## What commands carry\n\n");
        foreach (var spec in SampleSpecs.All.Values.Select(s => s.GetType()).Distinct()) Append(page, spec);
        return page.ToString();
    }

    private static void Append(StringBuilder page, Type type)
    {
        page.Append($"### {type.Name}\n\n{ContractSummaries.Of(type)}\n\n| field | type | |\n|---|---|---|\n");
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null);
        foreach (var property in properties)
            page.Append($"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` | {Name(property)} | {ContractSummaries.Of(property)} |\n");
        page.Append('\n');
    }

    private static string Name(PropertyInfo property)
    {
        var optional = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable ? ", optional" : "";
        return Name(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + optional;
    }

    private static string Name(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "string",
        TypeCode.Int32 or TypeCode.Int64 => "integer",
        TypeCode.Double => "number",
        TypeCode.Boolean => "boolean",
        _ when type.IsGenericType => $"list of {Name(type.GetGenericArguments()[0])}",
        _ when type == typeof(DateTimeOffset) => "date and time",
        _ => type.Name,
    };
}
