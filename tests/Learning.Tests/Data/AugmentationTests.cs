using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly InputShape Shape = new(2, 8, 16);

    public static TheoryData<string> Names => [.. Augmentations.Registry.Infos.Select(i => i.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_changes_an_example_in_the_same_way(string name) => Gen.Long.Sample(seed =>
        Changed(name, Gradient(), seed).ShouldBe(Changed(name, Gradient(), seed)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_pixel_comes_from_the_same_channel_or_is_background(string name) => Gen.Long.Sample(seed =>
    {
        var changed = Changed(name, Gradient(), seed);
        for (var i = 0; i < changed.Length; i++)
            (changed[i] == 0 || (changed[i] >= 128) == (i >= 128)).ShouldBeTrue();
    });

    [Fact]
    public void A_shift_moves_a_pixel_by_at_most_an_eighth_of_the_side_and_reaches_every_place()
    {
        var pixels = new byte[Shape.Size];
        pixels[4 * 16 + 8] = 1;
        var places = Enumerable.Range(0, 1000).Select(seed => Array.IndexOf(Changed("shift", pixels, seed), (byte)1)).ToHashSet();

        places.ShouldBe([.. from y in Enumerable.Range(3, 3) from x in Enumerable.Range(6, 5) select y * 16 + x], ignoreOrder: true);
    }

    /// <summary>One pixel at (5, 10) of 8 × 16 lands within 4 pixels of itself, mirrored in half of all cases, or falls off the lower edge.</summary>
    [Fact]
    public void A_crop_moves_a_pixel_by_at_most_the_padding_and_a_flip_mirrors_it()
    {
        var pixels = new byte[Shape.Size];
        pixels[5 * 16 + 10] = 1;
        var places = Enumerable.Range(0, 2000).Select(seed => Array.IndexOf(Changed("crop-flip", pixels, seed), (byte)1)).ToHashSet();

        int[] columns = [.. Enumerable.Range(6, 9), .. Enumerable.Range(6, 9).Select(x => 15 - x)];
        places.ShouldBe([-1, .. (from y in Enumerable.Range(1, 7) from x in columns select y * 16 + x).Distinct()], ignoreOrder: true);
    }

    [Fact]
    public void On_images_of_32_pixels_crop_and_flip_is_shift_and_flip() => Gen.Long.Sample(seed =>
    {
        var shape = new InputShape(3, 32, 32);
        var pixels = Enumerable.Range(0, shape.Size).Select(i => (byte)(i % 251)).ToArray();

        Changed("crop-flip", pixels, seed, shape).ShouldBe(Changed("shift-flip", pixels, seed, shape));
    }, iter: 20);

    [Fact]
    public void An_image_smaller_than_the_padding_is_never_cropped_away() => Gen.Long.Sample(seed =>
        Changed("crop-flip", [7, 7, 7, 7], seed, new InputShape(1, 2, 2)).ShouldContain((byte)7));

    [Fact]
    public void Trap_validation_and_recalibration_use_test_transforms_whatever_the_training_does()
    {
        using var folder = new TemporaryFolder();
        var plain = Trainings.Spec with { Model = ModelSpecs.MlpWithBatchNorm(16), Recalibration = 0.5 };
        var augmented = plain with { Data = plain.Data with { Augmentation = "shift" } };
        var outcome = Trainings.Run(Trainings.Inputs(augmented), folder.File("a"));

        var score = CheckpointRecalibration.Run(folder.File("a"), plain.Model, DataSets.Load(plain.Data), 42, 0.5, folder.File("b"));

        score.Accuracy.ShouldBe(outcome.Metrics[MetricNames.ValidationAccuracy]);
        score.Loss.ShouldBe(outcome.Metrics[MetricNames.ValidationLoss]);
        File.ReadAllBytes(folder.File("b")).ShouldBe(File.ReadAllBytes(folder.File("a")));
    }

    [Fact]
    public void Augmentation_changes_the_training()
    {
        using var folder = new TemporaryFolder();
        Trainings.Run(Trainings.Inputs(Trainings.Spec), folder.File("a"));
        Trainings.Run(Trainings.Inputs(Trainings.Spec with { Data = Trainings.Digits with { Augmentation = "shift" } }), folder.File("b"));

        File.ReadAllBytes(folder.File("a")).ShouldNotBe(File.ReadAllBytes(folder.File("b")));
    }

    /// <summary>Channel 0 has 1 … 128 in steps below 128, channel 1 has 128 … 255, no pixel is background.</summary>
    private static byte[] Gradient() => [.. Enumerable.Range(0, Shape.Size).Select(i => (byte)(i < 128 ? Math.Max(1, i) : i))];

    private static byte[] Changed(string name, byte[] pixels, long seed, InputShape? shape = null)
    {
        var changed = new byte[pixels.Length];
        Augmentations.Registry.Find(name).Apply(pixels, changed, shape ?? Shape, new SeededRandom(seed));
        return changed;
    }
}
