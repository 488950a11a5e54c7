"""Writes a small Minari file and the same log as Parquet: python write.py FOLDER. Names and types are those of Minari's HDF5 storage."""
import sys
import h5py, numpy as np, pyarrow as pa, pyarrow.parquet as pq

rows = []
with h5py.File(f"{sys.argv[1]}/main_data.hdf5", "w") as file:
    for episode, length in enumerate((3, 2)):
        group = file.create_group(f"episode_{episode}")
        observations = np.arange(2 * (length + 1), dtype=np.float64).reshape(-1, 2) + 10 * episode
        actions = np.linspace(-1, 1, length, dtype=np.float32).reshape(-1, 1)
        rewards = np.arange(length, dtype=np.float64) / 2
        terminations = np.array([False] * (length - 1) + [episode == 0])
        truncations = np.array([False] * (length - 1) + [episode == 1])
        for name, table in {"observations": observations, "actions": actions, "rewards": rewards,
                            "terminations": terminations, "truncations": truncations}.items():
            group.create_dataset(name, data=table, chunks=True, compression="gzip" if name == "observations" else None)
        group.attrs.update({"id": episode, "total_steps": length})
        for t in range(length):
            rows.append({"episode": episode, "observation": observations[t].tolist(), "action": actions[t].tolist(),
                         "reward": rewards[t], "nextObservation": observations[t + 1].tolist(),
                         "terminated": bool(terminations[t]), "truncated": bool(truncations[t])})
pq.write_table(pa.Table.from_pylist(rows), f"{sys.argv[1]}/log.parquet", compression="snappy")
