"""Records trajectories of Gymnasium's MuJoCo tasks: python record.py FOLDER. A row of states comes after the action of its number."""
import json, sys
import gymnasium, mujoco, numpy as np

TASKS = {"half-cheetah": "HalfCheetah-v5", "hopper": "Hopper-v5", "walker2d": "Walker2d-v5", "swimmer": "Swimmer-v5",
         "reacher": "Reacher-v5", "pusher": "Pusher-v5", "inverted-pendulum": "InvertedPendulum-v5",
         "inverted-double-pendulum": "InvertedDoublePendulum-v5"}
STEPS = 40


def record(name, policy):
    env = gymnasium.make(name).unwrapped
    env.reset(seed=3)
    data, space = env.data, env.action_space
    space.seed(7)
    row = {"policy": policy, "qpos": data.qpos.tolist(), "qvel": data.qvel.tolist(), "actions": [], "states": [],
           "observations": [], "rewards": [], "terminated": []}
    start = env._get_obs().tolist()
    for t in range(STEPS):
        action = space.sample() if policy == "random" else np.where(t // 5 % 2, space.low, space.high)
        observation, reward, terminated, _, _ = env.step(action.astype(np.float32))
        row["actions"].append([float(a) for a in action])
        row["states"].append(data.qpos.tolist() + data.qvel.tolist())
        row["observations"].append([float(x) for x in observation])
        row["rewards"].append(float(reward))
        row["terminated"].append(bool(terminated))
    return {**row, "start": start}


def facts(name):
    env = gymnasium.make(name)
    return {"dt": env.unwrapped.dt, "timeLimit": env.spec.max_episode_steps,
            "low": env.action_space.low.tolist(), "high": env.action_space.high.tolist()}


for task, name in TASKS.items():
    golden = {"name": name, "gymnasium": gymnasium.__version__, "mujoco": mujoco.__version__, "facts": facts(name),
              "trajectories": [record(name, policy) for policy in ("random", "switching")]}
    with open(f"{sys.argv[1]}/{task}.json", "w") as file:
        json.dump(golden, file)
