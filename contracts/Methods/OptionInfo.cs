using System.Text.Json;

namespace SparsePipeline.Contracts;

/// <summary>One option of a method.</summary>
/// <param name="Name">camelCase name.</param>
/// <param name="Type"><c>integer</c>, <c>number</c>, <c>string</c>, <c>boolean</c>, <c>integers</c> or <c>numbers</c> (lists).</param>
/// <param name="Description">What it does, with its unit.</param>
/// <param name="Default">The default as JSON; null means the option is required.</param>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
public sealed record OptionInfo(
    string Name, string Type, string Description, JsonElement? Default = null, double? Minimum = null, double? Maximum = null)
{
    /// <summary>An integer that may be left out.</summary>
    public static OptionInfo Integer(string name, string description, int standard, double minimum, double maximum) =>
        new(name, OptionTypes.Integer, description, JsonSerializer.SerializeToElement(standard), minimum, maximum);

    /// <summary>A list of integers that may be left out; the range is that of its elements.</summary>
    public static OptionInfo Integers(string name, string description, int[] standard, double minimum, double maximum) =>
        new(name, OptionTypes.Integers, description, JsonSerializer.SerializeToElement(standard), minimum, maximum);

    /// <summary>A number that may be left out.</summary>
    public static OptionInfo Number(string name, string description, double standard, double minimum, double maximum) =>
        new(name, OptionTypes.Number, description, JsonSerializer.SerializeToElement(standard), minimum, maximum);

    /// <summary>A switch that may be left out.</summary>
    public static OptionInfo Boolean(string name, string description, bool standard) =>
        new(name, OptionTypes.Boolean, description, JsonSerializer.SerializeToElement(standard));

    /// <summary>A text that may be left out.</summary>
    public static OptionInfo Text(string name, string description, string standard) =>
        new(name, OptionTypes.String, description, JsonSerializer.SerializeToElement(standard));
}
