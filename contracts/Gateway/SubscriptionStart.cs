namespace SparsePipeline.Contracts;

/// <summary>A run that a subscription has started, or could not.</summary>
/// <param name="EventKey">The event it was for.</param>
/// <param name="RunId">The run; null when it could not be started.</param>
/// <param name="Recipe">What it was started with.</param>
/// <param name="RecipeVersion">The version of that.</param>
/// <param name="Failure">Why it could not be started.</param>
/// <param name="HasEnded">Whether the run has ended.</param>
public sealed record SubscriptionStart(string EventKey, string? RunId, SubscribedRecipe? Recipe = null, string? RecipeVersion = null, StepFailure? Failure = null, bool HasEnded = false);
