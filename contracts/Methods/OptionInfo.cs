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
    string Name, string Type, string Description, JsonElement? Default = null, double? Minimum = null, double? Maximum = null);
