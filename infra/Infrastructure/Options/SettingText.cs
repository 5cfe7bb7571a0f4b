using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Settings in words.</summary>
public static class SettingText
{
    internal const string Number = "a number";

    private static readonly string[] Secrets = ["Password", "AccessKey", "SecretKey", "ApiKey"];

    /// <summary>What the setting may be, for example <c>0.1 to 3600</c>; empty when anything may.</summary>
    public static string Allowed(PropertyInfo property) => property.GetCustomAttributes<ValidationAttribute>().Select(Allowed).FirstOrDefault(a => a is not null) ?? "";

    /// <summary>The value as it may be shown: secrets are not.</summary>
    public static string Shown(PropertyInfo property, object? value) =>
        Array.Exists(Secrets, s => property.Name == s) && value is not (null or "") ? "(hidden)" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A value of this type, for people.</summary>
    internal static string Expected(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Boolean => "true or false",
        TypeCode.Double or TypeCode.Single => Number,
        TypeCode.String => "text",
        _ => "a whole number",
    };

    /// <summary>A broken rule, after the name of the setting.</summary>
    internal static string Problem(PropertyInfo property, object? value, ValidationAttribute rule)
    {
        var shown = Shown(property, value);
        var remedy = Allowed(rule) is { } allowed ? $"set it to {allowed}" : rule.FormatErrorMessage(property.Name);
        return shown.Length == 0 ? $"is empty: {remedy}." : $"is '{shown}': {remedy}.";
    }

    private static string? Allowed(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}"),
        AllowedValuesAttribute allowed => string.Join(" or ", allowed.Values.Select(v => $"'{v}'")),
        UrlAttribute => "an address such as https://host:port",
        RequiredAttribute => "a text that is not empty",
        RegularExpressionAttribute pattern => $"a text that matches {pattern.Pattern}",
        _ => null,
    };
}
