import type { Slug } from './catalogue.ts'
import type { ExerciseText } from './events.ts'

export const english: Readonly<Record<Slug, ExerciseText>> = {
  'barbell-back-squat': {
    name: 'Barbell Back Squat',
    description:
      'The basic heavy squat: the bar rests on the upper back and the whole lower body stands it up.',
    instructions: [
      'Set the bar across your upper back, grip it firmly and step back from the rack.',
      'Stand about shoulder-width apart with the toes turned slightly out, then breathe in and brace.',
      'Sit down between your hips, knees following the toes, until your thighs are level or lower.',
      'Drive the floor away and stand up with the chest and hips rising together.',
    ],
  },
  'barbell-front-squat': {
    name: 'Barbell Front Squat',
    description: 'A squat with the bar on the front of the shoulders, which keeps the torso upright.',
    instructions: [
      'Rest the bar on the front of your shoulders with the elbows pointing forward and high.',
      'Step back, set your feet shoulder-width apart and brace.',
      'Squat straight down as deep as you can while the elbows stay up.',
      'Stand up by pushing through the whole foot.',
    ],
  },
  'smith-machine-squat': {
    name: 'Smith Machine Squat',
    description: 'A squat on guided rails, easy to learn and safe to take close to failure.',
    instructions: [
      'Stand under the bar with your feet a little in front of it and unlock the hooks.',
      'Lower yourself until your thighs are about level with the floor.',
      'Press through the middle of your feet to stand up.',
      'Turn the bar back into the hooks after the last repetition.',
    ],
  },
  'hack-squat': {
    name: 'Hack Squat',
    description: 'A squat on a sloped sled that loads the thighs and spares the back.',
    instructions: [
      'Lean your back and shoulders against the pads and place your feet shoulder-width on the plate.',
      'Release the safety handles and brace.',
      'Bend your knees until your thighs are at least level with the plate.',
      'Push the sled up again without locking the knees hard.',
    ],
  },
  'leg-press': {
    name: 'Leg Press',
    description: 'The legs push a loaded sled while the back is fully supported.',
    instructions: [
      'Sit with your back and hips flat against the pad and your feet shoulder-width on the plate.',
      'Release the safeties and lower the sled until your knees are bent to about a right angle.',
      'Stop before your lower back curls off the pad.',
      'Press the sled away until your legs are almost straight.',
    ],
  },
  'goblet-squat': {
    name: 'Goblet Squat',
    description: 'A squat with one dumbbell held at the chest; a fine first squat for everybody.',
    instructions: [
      'Hold a dumbbell upright against your chest with both hands under its upper end.',
      'Stand a little wider than your shoulders with the toes turned out.',
      'Squat down between your knees with a tall chest.',
      'Stand up and squeeze your glutes at the top.',
    ],
  },
  'bodyweight-squat': {
    name: 'Bodyweight Squat',
    description: 'The plain squat without a load, for learning, warming up or high repetitions.',
    instructions: [
      'Stand shoulder-width apart with your arms stretched out in front of you.',
      'Push your hips back and bend your knees until your thighs are level with the floor.',
      'Keep the heels down and the knees over the toes.',
      'Stand up fully.',
    ],
  },
  'pistol-squat': {
    name: 'Pistol Squat',
    description: 'A full squat on one leg with the other held out in front; it needs strength and balance.',
    instructions: [
      'Stand on one leg and stretch the other leg and both arms forward.',
      'Lower yourself slowly on the standing leg, heel down, as deep as you can control.',
      'Pause without dropping onto the calf.',
      'Push through the whole foot to stand up, then change legs after the set.',
    ],
  },
  'bulgarian-split-squat': {
    name: 'Bulgarian Split Squat',
    description:
      'A split squat with the rear foot raised on a bench, which puts nearly all the work on the ' +
      'front leg.',
    instructions: [
      'Hold a dumbbell in each hand and lay the top of one foot on a bench behind you.',
      'Place the other foot far enough forward to stay balanced.',
      'Lower your back knee toward the floor with the front heel planted.',
      'Drive up through the front leg; do all repetitions, then change sides.',
    ],
  },
  'dumbbell-walking-lunge': {
    name: 'Dumbbell Walking Lunge',
    description: 'Long steps forward under load, one leg after the other.',
    instructions: [
      'Stand tall with a dumbbell in each hand.',
      'Take a long step forward and lower the back knee until it almost touches the floor.',
      'Push off with the front leg and bring the back foot straight into the next step.',
      'Keep your torso upright and your steps even.',
    ],
  },
  'dumbbell-step-up': {
    name: 'Dumbbell Step-Up',
    description: 'Stepping onto a box with weights in the hands trains each leg by itself.',
    instructions: [
      'Stand in front of a knee-high box with a dumbbell in each hand.',
      'Put one whole foot on the box.',
      'Stand up on that leg without pushing off from the lower foot.',
      'Step down under control and repeat before you change legs.',
    ],
  },
  'wall-sit': {
    name: 'Wall Sit',
    description: 'Holding a seated position against a wall builds endurance in the thighs.',
    instructions: [
      'Lean your back flat against a wall and walk your feet forward.',
      'Slide down until knees and hips are bent to right angles.',
      'Keep your heels down and hold, breathing evenly.',
    ],
  },
  'leg-extension': {
    name: 'Leg Extension',
    description: 'A machine that straightens the knees against a load and isolates the front of the thighs.',
    instructions: [
      "Sit with your knees in line with the machine's axis and the pad just above your ankles.",
      'Straighten your legs until the thighs are fully tensed.',
      'Pause for a moment.',
      'Lower the weight slowly to the start.',
    ],
  },
  'lying-leg-curl': {
    name: 'Lying Leg Curl',
    description: 'Bending the knees against a pad while lying face down isolates the hamstrings.',
    instructions: [
      'Lie face down with your knees just off the bench and the pad above your heels.',
      'Hold the handles and keep your hips pressed to the bench.',
      'Curl the pad toward your seat as far as you can.',
      'Lower it slowly until your legs are nearly straight.',
    ],
  },
  'nordic-hamstring-curl': {
    name: 'Nordic Hamstring Curl',
    description:
      'Lowering the straight body from the knees is one of the hardest hamstring exercises there are.',
    instructions: [
      'Kneel on something soft with your ankles fixed or held by a partner.',
      'Keep a straight line from knees to head.',
      'Lean forward as slowly as you can, braking with the hamstrings.',
      'Catch yourself with your hands, push off lightly and pull yourself back up.',
    ],
  },
  'barbell-romanian-deadlift': {
    name: 'Barbell Romanian Deadlift',
    description: 'A hip hinge from the top that stretches and strengthens the hamstrings and glutes.',
    instructions: [
      'Stand with the bar at your thighs, hands just outside your legs, knees slightly bent.',
      'Push your hips back and let the bar slide down close to your legs with a flat back.',
      'Stop when you feel a strong stretch, usually below the knees.',
      'Drive your hips forward to stand up.',
    ],
  },
  'dumbbell-romanian-deadlift': {
    name: 'Dumbbell Romanian Deadlift',
    description: 'The hip hinge with a dumbbell in each hand, gentle on the grip and easy to learn.',
    instructions: [
      'Stand with the dumbbells in front of your thighs and your knees slightly bent.',
      'Push your hips back and lower the weights along your legs with a flat back.',
      'Stop at the middle of the shins or when the stretch ends the movement.',
      'Stand up by driving your hips forward.',
    ],
  },
  'single-leg-romanian-deadlift': {
    name: 'Single-Leg Romanian Deadlift',
    description: 'A hinge on one leg that trains hamstrings, glutes and balance together.',
    instructions: [
      'Stand on one leg with a dumbbell in the opposite hand.',
      'Tip forward from the hip while the free leg rises behind you in line with your body.',
      'Keep your hips level and lower the weight to about mid-shin.',
      'Return to standing by squeezing the glute; change sides after the set.',
    ],
  },
  'barbell-good-morning': {
    name: 'Barbell Good Morning',
    description: 'Bowing forward with the bar on the back strengthens hamstrings and lower back.',
    instructions: [
      'Set the bar across your upper back as for a squat and stand hip-width apart.',
      'Bend your knees slightly and push your hips back until the torso is near level.',
      'Keep your back flat the whole way.',
      'Rise by driving your hips forward; start light.',
    ],
  },
  'sumo-deadlift': {
    name: 'Sumo Deadlift',
    description: 'A deadlift with a wide stance and the hands inside the knees.',
    instructions: [
      'Stand wide with your toes turned out and the bar over the middle of your feet.',
      'Reach down between your legs, grip the bar and lift your chest.',
      'Push your knees out and the floor away until you stand straight.',
      'Lower the bar along the same path.',
    ],
  },
  'trap-bar-deadlift': {
    name: 'Trap Bar Deadlift',
    description: 'A deadlift from inside a six-sided bar, kind to the back and simple to learn.',
    instructions: [
      'Stand in the middle of the bar with your feet hip-width apart.',
      'Bend down, grip the handles in their middle and flatten your back.',
      'Stand up by pushing the floor away.',
      'Lower the bar with hips and knees together.',
    ],
  },
  'kettlebell-swing': {
    name: 'Kettlebell Swing',
    description: 'A fast hip hinge that swings the bell to chest height and trains power and endurance.',
    instructions: [
      "Stand with the bell a foot's length in front of you and hinge to grip it with both hands.",
      'Hike it back between your thighs.',
      'Snap your hips forward so that the bell floats to chest height; the arms only guide it.',
      'Let it fall back into the next hinge with a flat back.',
    ],
  },
  'barbell-hip-thrust': {
    name: 'Barbell Hip Thrust',
    description:
      'Lifting a barbell with the hips, shoulders on a bench: the heaviest way to train the glutes.',
    instructions: [
      'Sit against a bench with a padded bar over your hips and your feet flat on the floor.',
      "Lean back so that your shoulder blades rest on the bench's edge.",
      'Drive your hips up until thighs and torso form a straight line.',
      'Squeeze your glutes, then lower under control.',
    ],
  },
  'glute-bridge': {
    name: 'Glute Bridge',
    description: 'Raising the hips from the floor wakes up and strengthens the glutes.',
    instructions: [
      'Lie on your back with your knees bent and your feet flat near your hips.',
      'Press through your heels and lift your hips until knees, hips and shoulders line up.',
      'Squeeze your glutes for a second.',
      'Lower your hips slowly.',
    ],
  },
  'cable-glute-kickback': {
    name: 'Cable Glute Kickback',
    description: 'Pushing one leg back against a cable isolates the glutes.',
    instructions: [
      'Fasten a cuff from the low pulley to one ankle and hold on to the frame.',
      'Lean forward slightly and brace.',
      'Push the leg straight back without arching your lower back.',
      'Return slowly; change legs after the set.',
    ],
  },
  'hip-abduction-machine': {
    name: 'Hip Abduction Machine',
    description: 'Pressing the knees apart against pads trains the outer hips.',
    instructions: [
      'Sit down with the pads against the outsides of your knees.',
      'Press your legs apart as far as you comfortably can.',
      'Hold for a moment and return without letting the weights touch.',
    ],
  },
  'hip-adduction-machine': {
    name: 'Hip Adduction Machine',
    description: 'Squeezing the knees together against pads trains the inner thighs.',
    instructions: [
      'Sit down with your legs apart and the pads against the insides of your knees.',
      'Squeeze your legs together.',
      'Pause, then let them open slowly.',
    ],
  },
  'band-lateral-walk': {
    name: 'Band Lateral Walk',
    description: 'Side steps against a loop band strengthen the outer hips.',
    instructions: [
      'Put a loop band around your legs above the knees or at the ankles.',
      'Bend your knees a little and keep your feet hip-width apart.',
      'Step sideways against the band, then follow with the other foot without letting it go slack.',
      'Do the same number of steps to the other side.',
    ],
  },
  'standing-calf-raise': {
    name: 'Standing Calf Raise',
    description: 'Rising onto the toes with straight knees under load builds the larger calf muscle.',
    instructions: [
      'Stand with the balls of your feet on the step and the pads on your shoulders.',
      'Let your heels sink until you feel a stretch.',
      'Rise as high as you can.',
      'Hold for a second and lower slowly.',
    ],
  },
  'seated-calf-raise': {
    name: 'Seated Calf Raise',
    description: 'Raising the heels with bent knees works the deeper calf muscle.',
    instructions: [
      'Sit with the balls of your feet on the step and the pad across your lower thighs.',
      'Release the catch and let your heels sink.',
      'Raise your heels as high as you can and pause.',
      'Lower slowly.',
    ],
  },
  'single-leg-calf-raise': {
    name: 'Single-Leg Calf Raise',
    description: 'A calf raise on one foot needs nothing but a step.',
    instructions: [
      'Stand on a step on the ball of one foot and hold on to something for balance.',
      'Let your heel sink below the step.',
      'Rise as high as you can, pause and lower slowly.',
      'Change feet after the set.',
    ],
  },
  'sled-push': {
    name: 'Sled Push',
    description: 'Pushing a loaded sled over the floor trains the legs and the lungs.',
    instructions: [
      'Grip the posts and lean into the sled with straight or bent arms.',
      'Drive it forward with short, strong steps.',
      'Keep your back flat and your hips low.',
      'Stop at the end of the distance and rest.',
    ],
  },
  'barbell-bench-press': {
    name: 'Barbell Bench Press',
    description: 'The standard lift for the chest: the bar is lowered to the chest and pressed up.',
    instructions: [
      'Lie with your eyes under the bar, shoulder blades pulled together and feet flat on the floor.',
      'Grip the bar somewhat wider than your shoulders and take it out of the rack.',
      'Lower it to the middle of your chest with the elbows at an angle to your sides.',
      'Press it up and slightly back until your arms are straight.',
    ],
  },
  'incline-barbell-bench-press': {
    name: 'Incline Barbell Bench Press',
    description: 'A bench press on a raised backrest that moves the work to the upper chest and shoulders.',
    instructions: [
      'Set the bench to 30 to 45 degrees and lie down with your shoulder blades pulled together.',
      'Grip the bar somewhat wider than your shoulders and unrack it.',
      'Lower it to your upper chest.',
      'Press it straight up over the shoulders.',
    ],
  },
  'dumbbell-bench-press': {
    name: 'Dumbbell Bench Press',
    description: 'A bench press with two dumbbells, which lets each arm move freely and deeper.',
    instructions: [
      'Sit down with the dumbbells on your thighs and bring them up as you lie back.',
      'Hold them over your chest with straight arms.',
      'Lower them beside your chest until you feel a stretch.',
      'Press them up and slightly together.',
    ],
  },
  'incline-dumbbell-bench-press': {
    name: 'Incline Dumbbell Bench Press',
    description: 'A dumbbell press on a raised backrest for the upper chest.',
    instructions: [
      'Set the bench to 30 to 45 degrees and lie back with the dumbbells at your shoulders.',
      'Press them up over your upper chest.',
      'Lower them slowly beside the chest.',
      'Keep your shoulder blades on the bench throughout.',
    ],
  },
  'machine-chest-press': {
    name: 'Machine Chest Press',
    description: 'A guided press for the chest that needs no balance.',
    instructions: [
      'Set the seat so that the handles are level with the middle of your chest.',
      'Keep your back and head against the pad.',
      'Push the handles forward until your arms are nearly straight.',
      'Let them come back slowly to a comfortable stretch.',
    ],
  },
  'dumbbell-fly': {
    name: 'Dumbbell Fly',
    description: 'Opening and closing the arms in a wide arc stretches and works the chest.',
    instructions: [
      'Lie on a bench with the dumbbells over your chest, palms facing each other.',
      'Bend your elbows slightly and keep that angle.',
      'Lower your arms to the sides until you feel a stretch in the chest.',
      'Bring them together again as if around a barrel.',
    ],
  },
  'cable-crossover': {
    name: 'Cable Crossover',
    description: 'Two cables drawn together in front of the body keep the chest under even tension.',
    instructions: [
      'Set both pulleys high, take the handles and step forward between them.',
      'Lean forward slightly with your elbows a little bent.',
      'Bring your hands down and together in front of your hips.',
      'Open your arms slowly until the chest is stretched.',
    ],
  },
  'pec-deck': {
    name: 'Pec Deck',
    description: 'A machine fly that isolates the chest without any balance.',
    instructions: [
      'Sit with your back flat and your forearms or hands on the pads at chest height.',
      'Bring the pads together in front of your chest.',
      'Squeeze for a moment.',
      'Open slowly until you feel a stretch.',
    ],
  },
  'dumbbell-pullover': {
    name: 'Dumbbell Pullover',
    description: 'A dumbbell moved from behind the head to over the chest works chest and lats together.',
    instructions: [
      'Lie on a bench and hold one dumbbell over your chest with both hands.',
      'Lower it in an arc behind your head with slightly bent elbows.',
      'Stop when you feel a stretch at your sides.',
      'Pull it back over your chest along the same arc.',
    ],
  },
  'push-up': {
    name: 'Push-Up',
    description: "The classic press against the floor with the body's own weight.",
    instructions: [
      'Place your hands a little wider than your shoulders and form a straight line from head to heels.',
      'Lower your chest until it almost touches the floor.',
      'Keep your elbows at an angle to your sides and your trunk tight.',
      'Push up until your arms are straight.',
    ],
  },
  'incline-push-up': {
    name: 'Incline Push-Up',
    description: 'An easier push-up with the hands raised on a bench.',
    instructions: [
      'Put your hands on the edge of a bench and walk your feet back into a straight line.',
      'Lower your chest to the edge.',
      'Push away until your arms are straight.',
      'Choose a lower support as you grow stronger.',
    ],
  },
  'decline-push-up': {
    name: 'Decline Push-Up',
    description: 'A harder push-up with the feet raised, which stresses upper chest and shoulders.',
    instructions: [
      'Put your feet on a bench and your hands on the floor a little wider than your shoulders.',
      'Tighten your trunk so that your hips do not sag.',
      'Lower your chest to the floor.',
      'Push up until your arms are straight.',
    ],
  },
  'ring-push-up': {
    name: 'Ring Push-Up',
    description: 'A push-up on free-hanging rings, where the hands must be kept steady.',
    instructions: [
      'Hang the rings just above the floor and grip them in a push-up position.',
      'Steady the rings close to your body.',
      'Lower your chest between your hands.',
      'Push up and turn the rings slightly outward at the top.',
    ],
  },
  'weighted-push-up': {
    name: 'Weighted Push-Up',
    description: 'A push-up with a plate on the back, or a weight vest.',
    instructions: [
      'Have a partner lay a plate between your shoulder blades, or put on a vest.',
      'Hold a straight line from head to heels.',
      'Lower your chest to the floor under control.',
      'Push up until your arms are straight.',
    ],
  },
  'chest-dip': {
    name: 'Chest Dip',
    description: 'A dip with the torso leaning forward, a strong builder of the lower chest.',
    instructions: [
      'Support yourself on the bars with straight arms.',
      'Lean forward and let your elbows bend and open a little.',
      'Lower yourself until your upper arms are about level with the floor.',
      'Push back up without swinging.',
    ],
  },
  'weighted-dip': {
    name: 'Weighted Dip',
    description: 'A dip with extra weight hanging from a belt.',
    instructions: [
      'Hang a plate from a dip belt and support yourself on the bars.',
      'Keep your shoulders down and lean forward slightly.',
      'Lower yourself until your upper arms are about level with the floor.',
      'Press up until your arms are straight.',
    ],
  },
  'assisted-dip': {
    name: 'Assisted Dip',
    description: "A dip on a machine that carries part of the body's weight; less assistance is harder.",
    instructions: [
      'Choose the assistance and kneel or stand on the platform.',
      'Start with straight arms and your shoulders down.',
      'Lower yourself until your upper arms are about level with the floor.',
      'Press back up, using the platform as little as you can.',
    ],
  },
  'barbell-deadlift': {
    name: 'Barbell Deadlift',
    description: 'Lifting a barbell from the floor to a full stand: the test of whole-body strength.',
    instructions: [
      'Stand with the bar over the middle of your feet, hip-width apart.',
      'Bend down, grip the bar outside your legs and bring your shins to it.',
      'Lift your chest, flatten your back, breathe in and brace.',
      'Push the floor away and stand up with the bar close to your legs.',
      'Lower it by pushing your hips back first, then bending your knees.',
    ],
  },
  'barbell-row': {
    name: 'Barbell Row',
    description: 'Rowing a barbell to the belly from a bent-over stand builds the whole back.',
    instructions: [
      'Hinge forward with a flat back, knees slightly bent and the bar hanging from straight arms.',
      'Pull the bar to your lower ribs, elbows close to your body.',
      'Squeeze your shoulder blades together.',
      'Lower the bar without raising your torso.',
    ],
  },
  't-bar-row': {
    name: 'T-Bar Row',
    description: 'A row with one end of the bar fixed, which steadies the path of the load.',
    instructions: [
      'Straddle the bar and hinge forward with a flat back.',
      'Grip the handle with both hands and straighten your arms.',
      'Pull the weight to your chest.',
      'Lower it until your back is stretched.',
    ],
  },
  'dumbbell-row': {
    name: 'One-Arm Dumbbell Row',
    description: 'A row for one side at a time with the other hand on a bench.',
    instructions: [
      'Put one hand and the knee of the same side on a bench and keep your back level.',
      'Let the dumbbell hang from the other arm.',
      'Pull it to your hip, elbow close to the body.',
      'Lower it to a full stretch; change sides after the set.',
    ],
  },
  'seated-cable-row': {
    name: 'Seated Cable Row',
    description: 'A horizontal pull to the belly with steady tension from the cable.',
    instructions: [
      'Sit with your feet on the rests, knees slightly bent, and take the handle.',
      'Sit upright with your arms straight and your shoulders drawn forward.',
      'Pull the handle to your belly and bring your shoulder blades together.',
      'Let it go forward slowly without bowing your back.',
    ],
  },
  'lat-pulldown': {
    name: 'Lat Pulldown',
    description: "Pulling a bar down to the chest, the machine's answer to the pull-up.",
    instructions: [
      'Fix your thighs under the pad and grip the bar wider than your shoulders.',
      'Lean back a little and lift your chest.',
      'Pull the bar to your upper chest by driving your elbows down.',
      'Let it rise slowly until your arms are straight.',
    ],
  },
  'straight-arm-pulldown': {
    name: 'Straight-Arm Pulldown',
    description: 'Sweeping a cable down with straight arms isolates the lats.',
    instructions: [
      'Stand facing a high pulley and hold the bar with straight arms at head height.',
      'Lean forward slightly from the hips.',
      'Sweep the bar down to your thighs.',
      'Let it rise slowly until your lats are stretched.',
    ],
  },
  'pull-up': {
    name: 'Pull-Up',
    description: 'Pulling the body up to a bar with the palms facing away.',
    instructions: [
      'Hang from the bar with your hands a little wider than your shoulders, palms away from you.',
      'Draw your shoulders down and tighten your trunk.',
      'Pull until your chin is over the bar.',
      'Lower yourself to straight arms without swinging.',
    ],
  },
  'chin-up': {
    name: 'Chin-Up',
    description: 'A pull-up with the palms facing you, which gives the biceps more of the work.',
    instructions: [
      'Hang from the bar with your hands shoulder-width apart, palms toward you.',
      'Draw your shoulders down.',
      'Pull until your chin is over the bar.',
      'Lower yourself slowly to straight arms.',
    ],
  },
  'weighted-pull-up': {
    name: 'Weighted Pull-Up',
    description: 'A pull-up with extra weight on a belt for those who have outgrown their own.',
    instructions: [
      'Hang a plate from a dip belt and grip the bar with the palms away from you.',
      'Start from straight arms with your shoulders drawn down.',
      'Pull until your chin is over the bar.',
      'Lower yourself slowly and keep the plate still.',
    ],
  },
  'assisted-pull-up': {
    name: 'Assisted Pull-Up',
    description: "A pull-up on a machine that lifts part of the body's weight; less assistance is harder.",
    instructions: [
      'Choose the assistance, kneel on the platform and grip the bar.',
      'Let your arms straighten fully.',
      'Pull until your chin is level with your hands.',
      'Lower yourself slowly, using the platform as little as you can.',
    ],
  },
  'muscle-up': {
    name: 'Muscle-Up',
    description: 'A strong pull-up that turns over the bar into a dip.',
    instructions: [
      'Hang from the bar with a firm, high grip.',
      'Pull fast and hard until the bar is at your lower chest.',
      'Roll your shoulders over the bar and bring your elbows behind you.',
      'Press up to straight arms, then lower under control.',
    ],
  },
  'inverted-row': {
    name: 'Inverted Row',
    description: "A row with the body's own weight, hanging under a fixed bar.",
    instructions: [
      'Set a bar at hip height, lie under it and grip it wider than your shoulders.',
      'Form a straight line from heels to head with straight arms.',
      'Pull your chest to the bar.',
      'Lower yourself slowly.',
    ],
  },
  'suspension-row': {
    name: 'Suspension Row',
    description: 'A row on straps; the further the feet go forward, the harder it is.',
    instructions: [
      'Hold the handles, lean back with straight arms and walk your feet forward.',
      'Keep your body straight as a board.',
      'Pull your chest to your hands.',
      'Return slowly until your arms are straight.',
    ],
  },
  'dead-hang': {
    name: 'Dead Hang',
    description: 'Simply hanging from a bar trains the grip and loosens the shoulders.',
    instructions: [
      'Grip the bar at shoulder width.',
      'Let your body hang with straight arms, shoulders gently active.',
      'Breathe calmly and hold until the grip begins to fail.',
    ],
  },
  'barbell-shrug': {
    name: 'Barbell Shrug',
    description: 'Lifting the shoulders against a heavy bar trains the upper traps.',
    instructions: [
      'Stand with the bar in front of your thighs and straight arms.',
      'Lift your shoulders straight up toward your ears.',
      'Pause for a second.',
      'Lower them slowly without rolling.',
    ],
  },
  'back-extension': {
    name: 'Back Extension',
    description: 'Raising the torso on a bench for the lower back, glutes and hamstrings.',
    instructions: [
      'Set the pad just below your hip bones and fix your heels.',
      'Cross your arms on your chest and lower your torso with a flat back.',
      'Rise until your body is in a straight line.',
      'Do not bend back beyond it.',
    ],
  },
  superman: {
    name: 'Superman',
    description: 'Lifting arms and legs from the floor trains the back of the body without any equipment.',
    instructions: [
      'Lie face down with your arms stretched forward.',
      'Lift arms, chest and legs off the floor together.',
      'Hold for a second or two with your eyes on the floor.',
      'Lower gently.',
    ],
  },
  'barbell-overhead-press': {
    name: 'Barbell Overhead Press',
    description: 'Pressing a bar from the shoulders to overhead while standing.',
    instructions: [
      'Hold the bar on your upper chest with your hands just outside your shoulders.',
      'Tighten your glutes and trunk.',
      'Press the bar straight up, moving your head out of its way.',
      'Finish with straight arms and the bar over the middle of your feet, then lower it.',
    ],
  },
  'push-press': {
    name: 'Push Press',
    description: 'An overhead press started by a short dip of the knees, so that more weight can be moved.',
    instructions: [
      'Hold the bar on the front of your shoulders with your feet hip-width apart.',
      'Dip a few centimetres with an upright torso.',
      'Straighten your legs fast and press the bar overhead.',
      'Lower it to your shoulders and soften your knees to catch it.',
    ],
  },
  'dumbbell-shoulder-press': {
    name: 'Dumbbell Shoulder Press',
    description: 'Pressing two dumbbells overhead, usually seated with a backrest.',
    instructions: [
      'Sit upright and hold the dumbbells at shoulder height, palms forward.',
      'Press them up until your arms are straight.',
      'Lower them slowly to the level of your ears.',
    ],
  },
  'arnold-press': {
    name: 'Arnold Press',
    description: 'A dumbbell press with a turn of the hands, which works the front and side of the shoulder.',
    instructions: [
      'Hold the dumbbells in front of your shoulders with your palms toward you.',
      'Press up while you turn your palms forward.',
      'Finish with straight arms.',
      'Reverse the turn on the way down.',
    ],
  },
  'kettlebell-press': {
    name: 'Kettlebell Press',
    description: 'Pressing one bell overhead from the shoulder, with the trunk kept from leaning.',
    instructions: [
      'Hold the bell at your shoulder, resting on the forearm, with a straight wrist.',
      'Tighten your glutes and trunk.',
      'Press the bell up until your arm is straight beside your ear.',
      'Lower it to the shoulder; change arms after the set.',
    ],
  },
  'machine-shoulder-press': {
    name: 'Machine Shoulder Press',
    description: 'A guided overhead press for the shoulders.',
    instructions: [
      'Set the seat so that the handles are at shoulder height.',
      'Keep your back against the pad.',
      'Press up until your arms are nearly straight.',
      'Lower the handles slowly.',
    ],
  },
  'pike-push-up': {
    name: 'Pike Push-Up',
    description: 'A push-up with the hips high, which turns the work to the shoulders.',
    instructions: [
      'From a push-up position walk your feet in until your hips point up.',
      'Bend your elbows and lower your head to just in front of your hands.',
      'Keep your hips high.',
      'Push back up until your arms are straight.',
    ],
  },
  'handstand-push-up': {
    name: 'Handstand Push-Up',
    description: 'A press upside down against a wall with the whole weight of the body.',
    instructions: [
      'Kick up into a handstand with your heels on a wall and your hands shoulder-width apart.',
      'Tighten your whole body.',
      'Lower your head gently to the floor or a pad.',
      'Press up until your arms are straight.',
    ],
  },
  'handstand-hold': {
    name: 'Handstand Hold',
    description: "Balancing on the hands strengthens the shoulders and the whole body's tension.",
    instructions: [
      "Place your hands shoulder-width apart a hand's length from a wall.",
      'Kick up and let your heels touch the wall lightly.',
      'Push the floor away and form a straight line.',
      'Hold, breathing calmly, and come down one foot at a time.',
    ],
  },
  'dumbbell-lateral-raise': {
    name: 'Dumbbell Lateral Raise',
    description: 'Raising the arms to the side isolates the middle of the shoulder.',
    instructions: [
      'Stand with the dumbbells at your sides and your elbows slightly bent.',
      'Raise your arms to the side to shoulder height.',
      'Lead with your elbows and keep your shoulders down.',
      'Lower slowly.',
    ],
  },
  'cable-lateral-raise': {
    name: 'Cable Lateral Raise',
    description: 'A side raise against a cable, which pulls evenly along the whole path.',
    instructions: [
      'Stand sideways to a low pulley and take the handle with the far hand.',
      'Raise your arm to the side to shoulder height.',
      'Pause for a moment.',
      'Lower slowly; change arms after the set.',
    ],
  },
  'dumbbell-front-raise': {
    name: 'Dumbbell Front Raise',
    description: 'Raising the arms forward isolates the front of the shoulder.',
    instructions: [
      'Stand with the dumbbells in front of your thighs.',
      'Raise them forward to shoulder height with almost straight arms.',
      'Keep your torso still.',
      'Lower slowly.',
    ],
  },
  'dumbbell-rear-delt-fly': {
    name: 'Dumbbell Rear Delt Fly',
    description: 'Raising the arms to the side while bent over works the back of the shoulder.',
    instructions: [
      'Hinge forward with a flat back and let the dumbbells hang.',
      'Raise your arms out to the side with slightly bent elbows.',
      'Squeeze the backs of your shoulders.',
      'Lower without swinging.',
    ],
  },
  'reverse-pec-deck': {
    name: 'Reverse Pec Deck',
    description: 'A machine fly turned around, for the back of the shoulders.',
    instructions: [
      'Sit facing the pad and take the handles at shoulder height.',
      'Move your arms back in an arc with slightly bent elbows.',
      'Pause when they are in line with your shoulders.',
      'Return slowly.',
    ],
  },
  'face-pull': {
    name: 'Face Pull',
    description: 'Pulling a rope to the face trains the rear shoulders and good posture.',
    instructions: [
      'Set a pulley to head height and hold the rope with your thumbs toward you.',
      'Step back until your arms are straight.',
      'Pull the rope toward your forehead, elbows high, hands apart.',
      'Return slowly.',
    ],
  },
  'band-pull-apart': {
    name: 'Band Pull-Apart',
    description: 'Stretching a band across the chest strengthens the rear shoulders and upper back.',
    instructions: [
      'Hold a band in front of you at shoulder height with straight arms.',
      'Pull it apart until it touches your chest.',
      'Bring your shoulder blades together.',
      'Return slowly without letting it go slack.',
    ],
  },
  'barbell-curl': {
    name: 'Barbell Curl',
    description: 'Bending the arms with a barbell, the basic exercise for the biceps.',
    instructions: [
      'Stand with the bar at your thighs, palms forward.',
      'Curl it up without moving your elbows forward.',
      'Squeeze at the top.',
      'Lower slowly until your arms are straight.',
    ],
  },
  'ez-bar-curl': {
    name: 'EZ-Bar Curl',
    description: 'A curl with an angled bar that is gentler on the wrists.',
    instructions: [
      'Hold the bar on its angled parts with your palms up.',
      'Curl it toward your shoulders, elbows at your sides.',
      'Pause at the top.',
      'Lower slowly.',
    ],
  },
  'dumbbell-curl': {
    name: 'Dumbbell Curl',
    description: 'Curling a dumbbell in each hand, together or in turn.',
    instructions: [
      'Stand with the dumbbells at your sides.',
      'Curl them up and turn your palms toward your shoulders.',
      'Keep your upper arms still.',
      'Lower slowly until your arms are straight.',
    ],
  },
  'hammer-curl': {
    name: 'Hammer Curl',
    description: 'A curl with the palms facing each other, for the arm flexors and forearms.',
    instructions: [
      'Stand with the dumbbells at your sides, palms toward your thighs.',
      'Curl them up without turning your hands.',
      'Pause at the top.',
      'Lower slowly.',
    ],
  },
  'concentration-curl': {
    name: 'Concentration Curl',
    description: 'A seated curl with the elbow braced on the thigh, so that nothing can swing.',
    instructions: [
      'Sit on a bench with your legs apart and brace one elbow on the inside of your thigh.',
      'Curl the dumbbell toward your shoulder.',
      'Squeeze at the top.',
      'Lower slowly; change arms after the set.',
    ],
  },
  'preacher-curl': {
    name: 'Preacher Curl',
    description: 'A curl with the upper arms on a sloped pad, which rules out cheating.',
    instructions: [
      'Rest your upper arms on the pad and hold the bar with your palms up.',
      'Curl the bar up until your forearms are nearly upright.',
      'Lower slowly until your arms are almost straight.',
    ],
  },
  'band-curl': {
    name: 'Band Curl',
    description: 'A curl against a band, which grows heavier toward the top.',
    instructions: [
      'Stand on the middle of a band and hold its ends with your palms forward.',
      'Curl your hands to your shoulders.',
      'Keep your elbows at your sides.',
      'Lower slowly against the pull.',
    ],
  },
  'reverse-barbell-curl': {
    name: 'Reverse Barbell Curl',
    description: 'A curl with the palms down, which shifts the work to the forearms.',
    instructions: [
      'Hold the bar at shoulder width with your palms facing back.',
      'Curl it up with straight wrists.',
      'Keep your elbows at your sides.',
      'Lower slowly.',
    ],
  },
  'close-grip-bench-press': {
    name: 'Close-Grip Bench Press',
    description: 'A bench press with a narrow grip, which makes the triceps do most of the work.',
    instructions: [
      'Lie on the bench and grip the bar at shoulder width.',
      'Lower it to your lower chest with the elbows close to your sides.',
      'Press up until your arms are straight.',
    ],
  },
  'triceps-pushdown': {
    name: 'Triceps Pushdown',
    description: 'Pushing a cable down isolates the back of the upper arm.',
    instructions: [
      'Stand at a high pulley and hold the bar or rope with your elbows at your sides.',
      'Push down until your arms are straight.',
      'Squeeze for a moment.',
      'Let your forearms rise slowly without moving your elbows.',
    ],
  },
  'skull-crusher': {
    name: 'Skull Crusher',
    description: 'Lying triceps extensions with a bar lowered to the forehead.',
    instructions: [
      'Lie on a bench and hold the bar over your shoulders with straight arms.',
      'Bend only your elbows and lower the bar to your forehead or just behind it.',
      'Keep your upper arms still.',
      'Straighten your arms again.',
    ],
  },
  'dumbbell-overhead-triceps-extension': {
    name: 'Dumbbell Overhead Triceps Extension',
    description: 'Straightening the arms overhead trains the triceps in a stretched position.',
    instructions: [
      'Hold one dumbbell overhead with both hands.',
      'Lower it behind your head by bending your elbows.',
      'Keep your elbows pointing up.',
      'Straighten your arms.',
    ],
  },
  'dumbbell-kickback': {
    name: 'Dumbbell Kickback',
    description: 'Straightening the arm behind the body isolates the triceps.',
    instructions: [
      'Support one hand on a bench and bend forward with a flat back.',
      'Hold your upper arm along your side with the elbow bent.',
      'Straighten your arm behind you.',
      'Return slowly; change arms after the set.',
    ],
  },
  'diamond-push-up': {
    name: 'Diamond Push-Up',
    description: 'A push-up with the hands together, for the triceps.',
    instructions: [
      'Place your hands under your chest with thumbs and forefingers touching.',
      'Form a straight line from head to heels.',
      'Lower your chest to your hands with the elbows close to your body.',
      'Push up until your arms are straight.',
    ],
  },
  'bench-dip': {
    name: 'Bench Dip',
    description: 'A dip between bench and floor that needs no bars.',
    instructions: [
      'Put your hands on the edge of a bench behind you and stretch your legs forward.',
      'Lower your hips by bending your elbows to about a right angle.',
      'Keep your back close to the bench.',
      'Push up until your arms are straight.',
    ],
  },
  'barbell-wrist-curl': {
    name: 'Barbell Wrist Curl',
    description: 'Curling only the wrists strengthens the inner forearms.',
    instructions: [
      'Rest your forearms on a bench with your palms up and the wrists over its edge.',
      'Let the bar roll down toward your fingers.',
      'Curl your wrists up as far as you can.',
      'Lower slowly.',
    ],
  },
  'plate-pinch-hold': {
    name: 'Plate Pinch Hold',
    description: 'Holding smooth plates between thumb and fingers builds the grip.',
    instructions: [
      'Set two plates together with their smooth sides out.',
      'Pinch them between your thumb and fingers and stand up.',
      'Hold with a straight arm as long as you can.',
      'Set them down before they slip.',
    ],
  },
  plank: {
    name: 'Plank',
    description: 'Holding the body straight on forearms and toes trains the trunk.',
    instructions: [
      'Place your elbows under your shoulders and your feet hip-width apart.',
      'Lift your body into a straight line from head to heels.',
      'Tighten your belly and glutes.',
      'Hold and breathe evenly without letting your hips sag.',
    ],
  },
  'weighted-plank': {
    name: 'Weighted Plank',
    description: 'A plank with a plate on the back.',
    instructions: [
      'Take up a plank on forearms and toes.',
      'Have a partner lay a plate on your hips or lower back.',
      'Keep your body in a straight line.',
      'Hold and breathe evenly until the time is up.',
    ],
  },
  'side-plank': {
    name: 'Side Plank',
    description: 'Holding the body on one forearm trains the side of the trunk.',
    instructions: [
      'Lie on your side with one elbow under your shoulder and your feet together.',
      'Lift your hips until your body is straight.',
      'Hold and breathe evenly.',
      'Change sides.',
    ],
  },
  'hollow-body-hold': {
    name: 'Hollow Body Hold',
    description: "A gymnast's hold on the back with shoulders and legs off the floor.",
    instructions: [
      'Lie on your back and press your lower back into the floor.',
      'Lift your shoulders and your straight legs a little off the floor.',
      'Stretch your arms behind your head.',
      'Hold while the lower back stays down; bend the knees if it lifts.',
    ],
  },
  'l-sit': {
    name: 'L-Sit',
    description: 'Holding the straight legs level between two bars needs strong abdominals and arms.',
    instructions: [
      'Support yourself on the bars with straight arms and your shoulders down.',
      'Raise your straight legs until they are level.',
      'Point your toes and hold.',
      'Lower your legs under control.',
    ],
  },
  crunch: {
    name: 'Crunch',
    description: 'Curling the shoulders off the floor works the abdominals without the hips.',
    instructions: [
      'Lie on your back with your knees bent and your hands at your temples.',
      'Curl your head and shoulders off the floor.',
      'Breathe out and squeeze at the top.',
      'Lower slowly without pulling on your neck.',
    ],
  },
  'bicycle-crunch': {
    name: 'Bicycle Crunch',
    description: 'Elbow to opposite knee in turn, for the abdominals and the sides.',
    instructions: [
      'Lie on your back, hands at your temples, legs off the floor.',
      'Bring one elbow and the opposite knee together while the other leg stretches out.',
      'Change sides in a smooth pedalling motion.',
      'Count every turn to one side as a repetition.',
    ],
  },
  'exercise-ball-crunch': {
    name: 'Exercise Ball Crunch',
    description: 'A crunch over a ball, which lets the abdominals stretch first.',
    instructions: [
      'Sit on the ball and walk your feet forward until your lower back lies on it.',
      'Let your torso stretch back over the ball.',
      'Curl your shoulders up and squeeze.',
      'Lower slowly.',
    ],
  },
  'cable-crunch': {
    name: 'Cable Crunch',
    description: 'A kneeling crunch against a cable, so that the load can grow.',
    instructions: [
      'Kneel in front of a high pulley and hold the rope beside your head.',
      'Keep your hips still.',
      'Curl your elbows toward your thighs.',
      'Return slowly until your abdominals are stretched.',
    ],
  },
  'sit-up': {
    name: 'Sit-Up',
    description: 'Rising from lying to sitting, for the abdominals and hip flexors.',
    instructions: [
      'Lie on your back with your knees bent and your feet flat.',
      'Cross your arms on your chest.',
      'Curl up until your torso is upright.',
      'Roll down slowly, vertebra by vertebra.',
    ],
  },
  'lying-leg-raise': {
    name: 'Lying Leg Raise',
    description: 'Raising the straight legs from the floor trains the lower abdominals and hip flexors.',
    instructions: [
      'Lie on your back with your hands beside or under your hips.',
      'Press your lower back into the floor.',
      'Raise your straight legs until they point up.',
      'Lower them slowly to just above the floor.',
    ],
  },
  'hanging-knee-raise': {
    name: 'Hanging Knee Raise',
    description: 'Drawing up the knees while hanging, the first step to the leg raise.',
    instructions: [
      'Hang from a bar with straight arms.',
      'Draw your knees up to your chest and curl your pelvis.',
      'Pause for a moment.',
      'Lower your legs without swinging.',
    ],
  },
  'hanging-leg-raise': {
    name: 'Hanging Leg Raise',
    description: 'Raising the straight legs while hanging is a hard test for the abdominals.',
    instructions: [
      'Hang from a bar with straight arms and your shoulders drawn down.',
      'Raise your straight legs to at least hip height.',
      'Curl your pelvis up at the top.',
      'Lower slowly without swinging.',
    ],
  },
  'ab-wheel-rollout': {
    name: 'Ab Wheel Rollout',
    description: 'Rolling a wheel forward trains the trunk to resist bending backward.',
    instructions: [
      'Kneel on a mat and hold the wheel under your shoulders.',
      'Tighten your belly and glutes.',
      'Roll forward as far as you can without letting your back sag.',
      'Pull the wheel back to the start.',
    ],
  },
  'dead-bug': {
    name: 'Dead Bug',
    description: 'Lowering opposite arm and leg on the back teaches the trunk to stay still.',
    instructions: [
      'Lie on your back with your arms up and your hips and knees at right angles.',
      'Press your lower back into the floor.',
      'Lower one arm and the opposite leg to just above the floor.',
      'Return and do the same on the other side.',
    ],
  },
  'bird-dog': {
    name: 'Bird Dog',
    description: 'Stretching out opposite arm and leg on all fours, for a stable back.',
    instructions: [
      'Kneel on hands and knees with a flat back.',
      'Stretch one arm forward and the opposite leg back until they are level.',
      'Hold for a few seconds with level hips.',
      'Return; change sides after the set.',
    ],
  },
  'russian-twist': {
    name: 'Russian Twist',
    description: 'Turning a weight from side to side while leaning back, for the sides of the trunk.',
    instructions: [
      'Sit with bent knees, lean back a little and hold a ball in front of your chest.',
      'Lift your feet if you can.',
      'Turn your torso to one side, then to the other.',
      'Move from the trunk, not from the arms.',
    ],
  },
  'cable-woodchop': {
    name: 'Cable Woodchop',
    description: 'Pulling a cable across the body trains the trunk to turn with strength.',
    instructions: [
      'Stand sideways to a high pulley and hold the handle with both hands.',
      'Pull it down and across your body to the far hip.',
      'Turn your torso and let the back foot pivot.',
      'Return slowly; change sides after the set.',
    ],
  },
  'pallof-press': {
    name: 'Pallof Press',
    description: 'Pressing a cable straight ahead while it tries to turn you.',
    instructions: [
      'Stand sideways to a pulley at chest height and hold the handle at your chest.',
      'Tighten your trunk and press your arms straight forward.',
      'Hold for a moment without turning.',
      'Return to the chest; change sides after the set.',
    ],
  },
  'dumbbell-side-bend': {
    name: 'Dumbbell Side Bend',
    description: 'Bending to the side with a weight, for the obliques.',
    instructions: [
      'Stand upright with a dumbbell in one hand.',
      'Bend toward the dumbbell as far as is comfortable.',
      'Rise by tightening the opposite side.',
      'Do not lean forward or back; change sides after the set.',
    ],
  },
  'neck-curl': {
    name: 'Neck Curl',
    description: 'Nodding against a plate strengthens the front of the neck; begin very light.',
    instructions: [
      'Lie on a bench on your back with your head over its end and a padded plate on the forehead.',
      'Hold the plate with both hands.',
      'Lower your head gently a little below level.',
      'Curl your chin toward your chest and return slowly.',
    ],
  },
  'power-clean': {
    name: 'Power Clean',
    description: 'A fast lift of the bar from the floor to the shoulders, caught in a shallow squat.',
    instructions: [
      'Stand over the bar hip-width apart with a flat back and your shoulders over the bar.',
      'Push the floor away and keep the bar close.',
      'When it passes your thighs, extend hips, knees and ankles fast and shrug.',
      'Drop under the bar and catch it on your shoulders with high elbows.',
      'Stand up, then lower the bar.',
    ],
  },
  'clean-and-jerk': {
    name: 'Clean and Jerk',
    description: 'The Olympic lift in two parts: to the shoulders, then overhead.',
    instructions: [
      'Clean the bar to your shoulders, catch it in a squat and stand up.',
      'Take a breath and dip a little with an upright torso.',
      'Drive the bar up and split or bend your legs to catch it on straight arms.',
      'Bring your feet together under the bar.',
      'Lower it under control or drop it on a platform.',
    ],
  },
  'barbell-snatch': {
    name: 'Barbell Snatch',
    description: 'The Olympic lift in one motion from the floor to overhead with a wide grip.',
    instructions: [
      'Grip the bar wide with a flat back and your shoulders over the bar.',
      'Push the floor away and keep the bar close to your legs.',
      'Extend explosively when the bar is at your hips.',
      'Pull yourself under it and catch it on straight arms in a squat.',
      'Stand up with the bar overhead.',
    ],
  },
  'barbell-thruster': {
    name: 'Barbell Thruster',
    description: 'A front squat that flows into an overhead press.',
    instructions: [
      'Hold the bar on the front of your shoulders.',
      'Squat until your thighs are at least level.',
      'Stand up fast and use the drive to press the bar overhead.',
      'Lower it to your shoulders straight into the next squat.',
    ],
  },
  'turkish-get-up': {
    name: 'Turkish Get-Up',
    description: 'Rising from lying to standing with a bell held overhead, in calm steps.',
    instructions: [
      'Lie on your back, press the bell up and bend the knee of the same side.',
      'Roll onto the opposite elbow, then onto the hand.',
      'Lift your hips and sweep the straight leg back into a kneeling position.',
      'Stand up with your eyes on the bell.',
      'Go back the same way; change sides after each repetition or set.',
    ],
  },
  'wall-ball': {
    name: 'Wall Ball',
    description: 'A squat and a throw of the ball to a target on the wall.',
    instructions: [
      "Hold the ball at your chest, an arm's length from the wall.",
      'Squat until your thighs are level.',
      'Stand up fast and throw the ball to the target.',
      'Catch it and sink into the next squat.',
    ],
  },
  'farmers-walk': {
    name: "Farmer's Walk",
    description: 'Walking with a heavy weight in each hand trains grip, trunk and legs.',
    instructions: [
      'Lift the weights with a flat back and stand tall.',
      'Draw your shoulders back and tighten your trunk.',
      'Walk in short, quick steps.',
      'Set the weights down with a flat back at the end of the distance.',
    ],
  },
  'sandbag-carry': {
    name: 'Sandbag Carry',
    description: 'Carrying a sandbag in the arms works the whole body as everyday lifting does.',
    instructions: [
      'Squat down, put your arms around the bag and pull it to your chest.',
      'Stand up with a flat back.',
      'Walk with short steps and breathe in small breaths.',
      'Lower the bag by squatting.',
    ],
  },
  burpee: {
    name: 'Burpee',
    description: 'From standing to a push-up and into a jump: conditioning without equipment.',
    instructions: [
      'Squat down and put your hands on the floor.',
      'Jump or step your feet back and lower your chest to the floor.',
      'Push up and bring your feet under you.',
      'Jump with your arms overhead.',
    ],
  },
  'box-jump': {
    name: 'Box Jump',
    description: 'Jumping onto a box trains power with a soft landing.',
    instructions: [
      'Stand a short step in front of a sturdy box.',
      'Bend your knees and swing your arms back.',
      'Jump and land softly with both feet wholly on the box.',
      'Stand up and step down.',
    ],
  },
  'depth-jump': {
    name: 'Depth Jump',
    description: 'Stepping off a box and jumping at once trains reactive strength; for the well prepared.',
    instructions: [
      'Stand on a low box and step off, do not jump off.',
      'Land on both feet and touch the floor as briefly as you can.',
      'Jump straight up as high as possible.',
      'Land softly and rest before the next one.',
    ],
  },
  'jump-squat': {
    name: 'Jump Squat',
    description: 'A squat that ends in a jump.',
    instructions: [
      'Stand shoulder-width apart and squat to a comfortable depth.',
      'Jump as high as you can.',
      'Land softly on the whole foot.',
      'Sink straight into the next squat.',
    ],
  },
  'standing-long-jump': {
    name: 'Standing Long Jump',
    description: 'A jump forward from a stand, for power in hips and legs.',
    instructions: [
      'Stand with your feet hip-width apart.',
      'Swing your arms back and bend your hips and knees.',
      'Jump forward as far as you can.',
      'Land softly with bent knees.',
    ],
  },
  'skater-jump': {
    name: 'Skater Jump',
    description: 'Jumps from side to side on one leg, for power and balance.',
    instructions: [
      'Stand on one leg with the knee slightly bent.',
      'Jump sideways and land on the other leg.',
      'Let the free leg swing behind you and steady yourself.',
      'Jump back the other way.',
    ],
  },
  'plyometric-push-up': {
    name: 'Plyometric Push-Up',
    description: 'A push-up so forceful that the hands leave the floor.',
    instructions: [
      'Take up a push-up position.',
      'Lower your chest under control.',
      'Push off so fast that your hands leave the floor.',
      'Land with soft elbows.',
    ],
  },
  'medicine-ball-slam': {
    name: 'Medicine Ball Slam',
    description: 'Throwing a ball to the floor with the whole body.',
    instructions: [
      'Stand with your feet shoulder-width apart and lift the ball overhead.',
      'Tighten your trunk and rise onto your toes.',
      'Slam the ball down in front of your feet.',
      'Pick it up with a flat back.',
    ],
  },
  running: {
    name: 'Running',
    description: 'Running outdoors at any pace, counted in distance and time.',
    instructions: [
      'Warm up with a few minutes of easy jogging.',
      'Run tall with relaxed shoulders and short, quick steps.',
      'Let your feet land under your body.',
      'Slow down to a walk at the end.',
    ],
  },
  'treadmill-running': {
    name: 'Treadmill Running',
    description: 'Running on a belt with the pace and the slope under control.',
    instructions: [
      'Clip on the safety key and start at a walk.',
      'Raise the speed to your pace; a slope of one percent resembles a flat road.',
      'Run in the middle of the belt without holding the rails.',
      'Lower the speed step by step to finish.',
    ],
  },
  walking: {
    name: 'Walking',
    description: 'Brisk walking is the simplest endurance training.',
    instructions: [
      'Stand tall and look ahead.',
      'Walk at a pace at which you can still talk.',
      'Let your arms swing and roll from heel to toes.',
    ],
  },
  hiking: {
    name: 'Hiking',
    description: 'Walking over hills and trails, often with a pack.',
    instructions: [
      'Choose a route and shoes that suit you, and take water.',
      'Walk uphill with short, even steps.',
      'Go downhill with soft knees.',
      'Rest and drink regularly.',
    ],
  },
  cycling: {
    name: 'Cycling',
    description: 'Riding a bicycle outdoors, counted in distance and time.',
    instructions: [
      'Set the saddle so that your knee stays slightly bent at the lowest point.',
      'Warm up in an easy gear.',
      'Pedal smoothly at a steady rate.',
      'Ride the last minutes easily.',
    ],
  },
  'stationary-cycling': {
    name: 'Stationary Cycling',
    description: 'Cycling on the spot, easy on the joints and free of the weather.',
    instructions: [
      'Set the saddle so that your knee stays slightly bent at the lowest point.',
      'Choose a light resistance and warm up.',
      'Raise resistance or pace as planned.',
      'Pedal easily for some minutes at the end.',
    ],
  },
  rowing: {
    name: 'Rowing',
    description: 'Rowing on a machine works legs, back and arms in one stroke.',
    instructions: [
      'Strap in your feet, bend your knees and hold the handle with straight arms.',
      'Push with your legs first, then lean back and pull the handle to your lower ribs.',
      'Stretch your arms, lean forward and bend your knees in the reverse order.',
      'Keep an even rhythm.',
    ],
  },
  'elliptical-training': {
    name: 'Elliptical Training',
    description: 'A gliding stride with arms and legs and without any impact.',
    instructions: [
      'Step on and take the moving handles.',
      'Start to stride at a light resistance.',
      'Push and pull with your arms and keep your heels down.',
      'Slow down for the last minutes.',
    ],
  },
  'stair-climbing': {
    name: 'Stair Climbing',
    description: 'Climbing steps on a machine is hard on the heart and gentle on the joints.',
    instructions: [
      'Step on and choose a slow pace.',
      'Climb with your whole foot on each step.',
      'Stand upright and only touch the rails lightly.',
      'Lower the pace at the end.',
    ],
  },
  swimming: {
    name: 'Swimming',
    description: 'Swimming in any stroke trains the whole body without impact.',
    instructions: [
      'Swim a few easy lengths to warm up.',
      'Lie flat in the water and breathe out under it.',
      'Keep your strokes long and even.',
      'Finish with some easy lengths.',
    ],
  },
  'jump-rope': {
    name: 'Jump Rope',
    description: 'Skipping with a rope, for the calves and the heart.',
    instructions: [
      'Hold the handles at hip height with your elbows close.',
      'Turn the rope from your wrists.',
      'Jump just high enough to let it pass and land on the balls of your feet.',
      'Keep a steady rhythm.',
    ],
  },
  'jumping-jack': {
    name: 'Jumping Jack',
    description: 'Jumping the legs apart and the arms up, a simple warm-up.',
    instructions: [
      'Stand with your feet together and your arms at your sides.',
      'Jump your feet apart and raise your arms overhead.',
      'Jump back to the start.',
      'Keep your knees soft.',
    ],
  },
  'mountain-climber': {
    name: 'Mountain Climber',
    description: 'Running with the hands on the floor, for the trunk and the heart.',
    instructions: [
      'Take up a push-up position.',
      'Draw one knee toward your chest.',
      'Change legs in a quick, running rhythm.',
      'Keep your hips low and your shoulders over your hands.',
    ],
  },
  'battle-rope-waves': {
    name: 'Battle Rope Waves',
    description: 'Making waves in heavy ropes, for shoulders and stamina.',
    instructions: [
      'Hold one end of the rope in each hand and bend your knees slightly.',
      'Raise one arm and lower the other in turn.',
      'Make quick, even waves that reach the anchor.',
      'Keep your trunk tight.',
    ],
  },
  'standing-hamstring-stretch': {
    name: 'Standing Hamstring Stretch',
    description: 'One heel on a bench, the torso leaning forward, stretches the back of the thigh.',
    instructions: [
      'Put one heel on a low bench with the leg straight.',
      'Keep your back flat and lean forward from the hip.',
      'Hold when you feel a gentle stretch.',
      'Change legs.',
    ],
  },
  'standing-quadriceps-stretch': {
    name: 'Standing Quadriceps Stretch',
    description: 'Pulling the heel to the seat stretches the front of the thigh.',
    instructions: [
      'Stand on one leg and hold on to something.',
      'Take the other ankle and pull the heel toward your seat.',
      'Keep your knees together and push your hip forward.',
      'Hold, then change legs.',
    ],
  },
  'kneeling-hip-flexor-stretch': {
    name: 'Kneeling Hip Flexor Stretch',
    description: 'A low lunge that opens the front of the hip after much sitting.',
    instructions: [
      'Kneel on one knee with the other foot in front of you.',
      'Tuck your pelvis under and squeeze the glute of the rear leg.',
      'Shift your weight forward until you feel a stretch in the hip.',
      'Hold, then change sides.',
    ],
  },
  'wall-calf-stretch': {
    name: 'Wall Calf Stretch',
    description: 'Leaning against a wall stretches the calf of the rear leg.',
    instructions: [
      'Put your hands on a wall and one foot far behind you.',
      'Keep the rear leg straight and its heel on the floor.',
      'Lean forward until you feel a stretch in the calf.',
      'Hold, then change legs.',
    ],
  },
  'butterfly-stretch': {
    name: 'Butterfly Stretch',
    description: 'Sitting with the soles together stretches the inner thighs.',
    instructions: [
      'Sit upright and bring the soles of your feet together.',
      'Hold your feet and let your knees sink.',
      'Lean forward with a flat back for more.',
      'Hold and breathe calmly.',
    ],
  },
  'pigeon-stretch': {
    name: 'Pigeon Stretch',
    description: 'A floor stretch with one shin in front of the body, for the glutes and outer hip.',
    instructions: [
      'From all fours bring one knee forward and lay the shin across in front of you.',
      'Stretch the other leg straight back.',
      'Lower your hips and lean over the front leg.',
      'Hold, then change sides.',
    ],
  },
  'childs-pose': {
    name: "Child's Pose",
    description: 'A resting position that stretches the lats and the lower back.',
    instructions: [
      'Kneel and sit back on your heels.',
      'Bend forward and stretch your arms out on the floor.',
      'Let your forehead and chest sink.',
      'Hold and breathe deeply.',
    ],
  },
  'lying-spinal-twist': {
    name: 'Lying Spinal Twist',
    description: 'Letting the knees sink to one side loosens the back.',
    instructions: [
      'Lie on your back with your arms out to the sides.',
      'Bend your knees and let them sink to one side.',
      'Keep both shoulders on the floor and look the other way.',
      'Hold, then change sides.',
    ],
  },
  'cobra-stretch': {
    name: 'Cobra Stretch',
    description: 'Lifting the chest from the floor stretches the front of the trunk.',
    instructions: [
      'Lie face down with your hands under your shoulders.',
      'Push your chest up while your hips stay on the floor.',
      'Draw your shoulders down.',
      'Hold and breathe, then lower yourself.',
    ],
  },
  'doorway-chest-stretch': {
    name: 'Doorway Chest Stretch',
    description: 'Leaning through a door frame opens the chest and the front of the shoulders.',
    instructions: [
      'Stand in a doorway with your forearms on the frame, elbows at shoulder height.',
      'Step forward with one foot.',
      'Lean gently until you feel a stretch in the chest.',
      'Hold and breathe.',
    ],
  },
  'cross-body-shoulder-stretch': {
    name: 'Cross-Body Shoulder Stretch',
    description: 'Drawing one arm across the chest stretches the back of the shoulder.',
    instructions: [
      'Bring one straight arm across your chest.',
      'Hold it above the elbow with the other hand.',
      'Draw it closer without lifting the shoulder.',
      'Hold, then change arms.',
    ],
  },
  'neck-side-stretch': {
    name: 'Neck Side Stretch',
    description: 'Tilting the head to the side relaxes the neck and the upper traps.',
    instructions: [
      'Sit or stand upright with relaxed shoulders.',
      'Tilt your head toward one shoulder.',
      'Lay the hand of that side lightly on your head; do not pull.',
      'Hold, then change sides.',
    ],
  },
  'cat-cow': {
    name: 'Cat-Cow',
    description: 'Rounding and hollowing the back on all fours makes the spine supple.',
    instructions: [
      'Kneel on hands and knees.',
      'Breathe out, round your back and let your head hang.',
      'Breathe in, let your belly sink and look ahead.',
      'Go back and forth calmly.',
    ],
  },
  'worlds-greatest-stretch': {
    name: "World's Greatest Stretch",
    description: 'A deep lunge with a turn of the torso that opens hips, hamstrings and upper back at once.',
    instructions: [
      'Step into a long lunge and put both hands on the floor inside the front foot.',
      'Lower the inner elbow toward the floor.',
      'Turn your torso and stretch that arm to the ceiling.',
      'Return, straighten the front leg for a moment, then change sides.',
    ],
  },
  'hip-switch-90-90': {
    name: '90/90 Hip Switch',
    description: 'Turning the knees from side to side while sitting moves the hips in both rotations.',
    instructions: [
      'Sit with both knees bent at right angles, one leg in front and one to the side.',
      'Lift your knees and turn them to the other side.',
      'Keep your chest tall and use your hands only if you must.',
      'Go back and forth slowly.',
    ],
  },
  'knee-to-wall-ankle-rock': {
    name: 'Knee-to-Wall Ankle Rock',
    description: 'Rocking the knee to a wall improves the bend of the ankle for deeper squats.',
    instructions: [
      "Stand facing a wall with one foot a hand's width away from it.",
      'Push the knee forward over the toes until it touches the wall.',
      'Keep the heel on the floor.',
      'Move the foot back a little as it gets easier; change sides after the set.',
    ],
  },
  'open-book-rotation': {
    name: 'Open Book Rotation',
    description: 'Opening the upper arm like a book cover loosens the upper back.',
    instructions: [
      'Lie on your side with your knees bent and your arms stretched out in front.',
      'Lift the upper arm and follow it with your eyes to the other side.',
      'Keep your knees together on the floor.',
      'Return slowly; change sides after the set.',
    ],
  },
  'band-shoulder-pass-through': {
    name: 'Band Shoulder Pass-Through',
    description: 'Moving a band over the head and behind the back keeps the shoulders mobile.',
    instructions: [
      'Hold a band in front of your thighs with a wide grip.',
      'Raise your straight arms overhead and on behind your back.',
      'Widen your grip if your elbows want to bend.',
      'Return the same way.',
    ],
  },
  'foam-roll-quadriceps': {
    name: 'Foam Rolling the Quadriceps',
    description: 'Rolling the front of the thigh eases tension before or after training.',
    instructions: [
      'Lie face down with the roller under one thigh, resting on your forearms.',
      'Roll slowly from the hip to just above the knee.',
      'Pause on tender spots and breathe.',
      'Change legs.',
    ],
  },
  'foam-roll-upper-back': {
    name: 'Foam Rolling the Upper Back',
    description: 'Rolling the upper back loosens it between the shoulder blades.',
    instructions: [
      'Lie with the roller under your shoulder blades and your hands behind your head.',
      'Lift your hips a little.',
      'Roll slowly between the middle and the top of your back.',
      'Leave out the lower back and the neck.',
    ],
  },
}
