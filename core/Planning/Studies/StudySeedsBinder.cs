using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The seeds of a study: those that choose and those that judge.</summary>
internal static class StudySeedsBinder
{
    private const string Seeds = "seeds";
    private const string Form = "Write 'seeds: { tuning: [1, 2, 3], judging: [4, 5, 6] }'. Seeds by which a setting was chosen never judge it; where nothing was chosen, tuning is [].";
    private const string Numbers = "Write a list of different whole numbers of at least 0: [4, 5, 6].";

    /// <summary>Without seeds after reporting why.</summary>
    /// <param name="fields">The study.</param>
    /// <param name="root">The same as it stands there.</param>
    /// <param name="errors">Where to report.</param>
    /// <param name="isHistory">Whether a plain list is taken as judging, as it once was.</param>
    public static StudySeeds Bind(StudyFields fields, YamlMapping root, ErrorList errors, bool isHistory)
    {
        switch (fields.Find(Seeds))
        {
            case YamlMapping group:
                return Bind(group, errors);
            case YamlSequence list when isHistory:
                return new StudySeeds([], fields.Numbers(Seeds, list, Numbers));
            case YamlSequence list:
                fields.Refuse(Seeds, list, "The seeds are one list.", Form);
                break;
            case { } other:
                fields.Refuse(Seeds, other, $"The value is {other.Description}.", Form);
                break;
            default:
                fields.Refuse(Seeds, root, "The field is missing.", Form);
                break;
        }

        return new StudySeeds([], []);
    }

    private static StudySeeds Bind(YamlMapping group, ErrorList errors)
    {
        var fields = new StudyFields(group, Seeds, errors, SeedRoles.Tuning, SeedRoles.Judging);
        var seeds = new StudySeeds(
            fields.Numbers(SeedRoles.Tuning, fields.Find(SeedRoles.Tuning), $"{Numbers} Write [] where nothing was chosen."),
            fields.Numbers(SeedRoles.Judging, fields.Find(SeedRoles.Judging), Numbers));
        if (fields.Find(SeedRoles.Judging) is YamlSequence { Items.Count: 0 } empty)
            fields.Refuse(SeedRoles.Judging, empty, "The list is empty.", $"Verdicts rest on these seeds. {Numbers}");
        if (seeds.Tuning.Intersect(seeds.Judging).ToList() is { Count: > 0 } both)
            fields.Refuse(SeedRoles.Judging, fields.Find(SeedRoles.Judging)!, $"{string.Join(", ", both)} {(both.Count == 1 ? "is" : "are")} in 'tuning' too.", "Seeds that choose never judge: take others.");
        return seeds;
    }
}
