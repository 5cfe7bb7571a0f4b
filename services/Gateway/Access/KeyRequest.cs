namespace SparsePipeline.Gateway.Access;

/// <summary>A key that is to be made.</summary>
/// <param name="Role">What its holder may do.</param>
/// <param name="Models">Patterns of the models it may publish, in which <c>*</c> stands for anything; all when left out.</param>
/// <param name="Label">What it is for, in words.</param>
/// <param name="ExpiresAt">An instant to come; never when left out.</param>
/// <param name="Federation">Of a key of role client, and of no other.</param>
/// <param name="ClientId">Which client of the federation.</param>
public sealed record KeyRequest(
    string Role, IReadOnlyList<string>? Models = null, string? Label = null, DateTimeOffset? ExpiresAt = null, string? Federation = null, string? ClientId = null);
